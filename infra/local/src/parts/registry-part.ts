import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifacts } from './artifacts.ts'
import { checkRegistry } from './checks.ts'
import type { Part } from './part.ts'

export type RegistryPartOptions = {
  readonly home: string
  readonly port: number
  readonly artifacts: Artifacts
  readonly env: NodeJS.ProcessEnv
}

/** Path of Confluent's API in Apicurio. */
export const confluentPath = '/apis/ccompat/v7'

/** Apicurio Registry. Its ids must stay resolvable as long as the log lives, so each registration is on disk before it is answered. */
export function registryPart({ home, port, artifacts, env }: RegistryPartOptions): Part {
  const folder = join(home, 'registry')
  return {
    name: 'registry',
    command: 'java',
    args: ['-Xms64m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-jar', artifacts.registryJar],
    env: {
      ...env,
      QUARKUS_HTTP_HOST: '127.0.0.1',
      QUARKUS_HTTP_PORT: String(port),
      REGISTRY_DATASOURCE_URL: `jdbc:h2:file:${join(folder, 'registry')};WRITE_DELAY=0`,
    },
    prepare: async () => void (await mkdir(folder, { recursive: true })),
    check: () => checkRegistry(`http://127.0.0.1:${port}${confluentPath}`),
  }
}
