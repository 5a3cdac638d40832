import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openRegistryFront, type RegistryFront } from '../registry/registry-front.ts'
import { createRegistryToken, tokenVariables } from '../registry/registry-token.ts'
import type { Artifacts } from './artifacts.ts'
import { checkRegistry } from './checks.ts'
import { classArchive, prepareArchives } from './class-archive.ts'
import type { Part } from './part.ts'

export type RegistryPartOptions = {
  readonly home: string
  /** Where clients reach it, through its front. */
  readonly port: number
  /** Where the registry itself listens. */
  readonly innerPort: number
  readonly artifacts: Artifacts
  /** Identifies the build of Java. */
  readonly javaBuild: string
  readonly env: NodeJS.ProcessEnv
}

/** Path of Confluent's API in Apicurio. */
export const confluentPath = '/apis/ccompat/v7'

const jvmOptions = ['-Xms64m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']

/** Apicurio Registry. Records in the log refer to its ids for ever, so each registration is on disk before it is answered. */
export async function registryPart(options: RegistryPartOptions): Promise<Part> {
  const { home, port, innerPort, artifacts, javaBuild, env } = options
  const token = await createRegistryToken()
  let front: RegistryFront | undefined
  const folder = join(home, 'registry')
  const { registryJar, derived } = artifacts
  const archive = classArchive(derived, `registry-${javaBuild}`)
  return {
    name: 'registry',
    command: 'java',
    args: [...jvmOptions, ...archive.options, '-jar', registryJar],
    env: {
      ...env,
      QUARKUS_HTTP_HOST: '127.0.0.1',
      QUARKUS_HTTP_PORT: String(innerPort),
      ...tokenVariables(token),
      REGISTRY_DATASOURCE_URL: `jdbc:h2:file:${join(folder, 'registry')};WRITE_DELAY=0`,
    },
    async prepare() {
      await prepareArchives(derived)
      await mkdir(folder, { recursive: true })
      front = await openRegistryFront({ port, innerPort, token, env })
    },
    check: () => checkRegistry(`http://127.0.0.1:${port}${confluentPath}`),
    async ended(inOrder) {
      front?.close()
      await archive.keep(inOrder)
    },
  }
}
