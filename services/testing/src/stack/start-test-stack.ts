import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { LocalStackError, type Stack, type StackAddresses, startStack } from '@headwater/local'
import { startContainers } from './start-containers.ts'
import type { StartedStack } from './started-stack.ts'

export type TestStackOptions = {
  /** Folder under which the stack gets a new home. */
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  readonly onProgress?: (line: string) => void
  /** Default true: see `StackOptions`. Benchmarks say false. */
  readonly isShortLived?: boolean
}

/** A new stack on free ports; parts whose address the environment names are used and not started. */
export async function startTestStack({
  home,
  env,
  onProgress = () => undefined,
  isShortLived = true,
}: TestStackOptions): Promise<StartedStack> {
  await mkdir(home, { recursive: true })
  const folder = await mkdtemp(join(home, 'stack-'))
  try {
    const stack = await startStack({
      home: folder,
      ports: { kafka: 0, registry: 0, clickhouse: 0 },
      external: externalOf(env),
      isShortLived,
      env,
      onProgress,
    })
    const addresses = { ...stack.addresses, clickhouseUrl: urlWithLogin(stack) }
    return {
      addresses,
      stack: { ...stack, addresses },
      async stop() {
        await stack.stop()
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    if (error instanceof LocalStackError && error.code === 'DOCKER_INSTEAD') return startContainers()
    throw error
  }
}

function urlWithLogin({ addresses, clickhouseLogin }: Stack): string {
  const url = new URL(addresses.clickhouseUrl)
  if (clickhouseLogin === undefined) return addresses.clickhouseUrl
  url.username = clickhouseLogin.username
  url.password = clickhouseLogin.password
  return url.href
}

function externalOf(env: NodeJS.ProcessEnv): Partial<StackAddresses> {
  const { KAFKA_BROKERS: kafkaBrokers, SCHEMA_REGISTRY_URL: schemaRegistryUrl, CLICKHOUSE_URL: clickhouseUrl } = env
  return {
    ...(kafkaBrokers === undefined ? {} : { kafkaBrokers }),
    ...(schemaRegistryUrl === undefined ? {} : { schemaRegistryUrl }),
    ...(clickhouseUrl === undefined ? {} : { clickhouseUrl }),
  }
}
