import { join, resolve } from 'node:path'
import { type ClickHouseLogin, loginOf, makeClickHouseLogin } from '../home/clickhouse-login.ts'
import { makePrivate } from '../home/private-folder.ts'
import { LocalStackError } from '../local-stack-error.ts'
import { type Artifacts, artifactsIn, fetchArtifacts } from '../parts/artifacts.ts'
import { clickHousePart } from '../parts/clickhouse-part.ts'
import { type KafkaServerSettings, kafkaPart } from '../parts/kafka-part.ts'
import type { Part } from '../parts/part.ts'
import { confluentPath, registryPart } from '../parts/registry-part.ts'
import { freePort } from '../ports/free-port.ts'
import { requireFreePort } from '../ports/require-free-port.ts'
import { type SupervisedProcess, superviseProcess } from '../process/supervised-process.ts'
import type { StackAddresses } from './addresses.ts'
import { checkExternal } from './check-external.ts'
import { claimHome, type HomeClaim } from './home-claim.ts'
import { cacheFolder, oldestJava } from './needed-programs.mjs'
import { findJava, findPrerequisites, missingPrerequisites } from './prerequisites.ts'

export type StackPorts = { readonly kafka: number; readonly registry: number; readonly clickhouse: number }

export type StackOptions = {
  /** Folder of the data, logs and state. */
  readonly home: string
  /** 0 picks a free port. */
  readonly ports?: Partial<StackPorts>
  /** Parts that run elsewhere: they are checked and used, not started. */
  readonly external?: Partial<StackAddresses>
  readonly onProgress?: (line: string) => void
  /** True for a stack of some minutes: Kafka's JVM then starts faster and runs slower. Default false. */
  readonly isShortLived?: boolean
  /** More settings of the broker, or others: tests of other clusters than the default one. */
  readonly adjustKafka?: (settings: KafkaServerSettings) => KafkaServerSettings
  /** Environment of the parts; Java and Maven are found on its PATH; HEADWATER_CACHE is the folder of downloads. */
  readonly env: NodeJS.ProcessEnv
}

export type PartName = Part['name']

export interface Stack {
  readonly addresses: StackAddresses
  /** For ClickHouse; undefined where it runs elsewhere and the environment has no password. */
  readonly clickhouseLogin: ClickHouseLogin | undefined
  /** The parts that were started here. */
  readonly parts: readonly SupervisedProcess[]
  part(name: PartName): SupervisedProcess
  /** Ends the parts. */
  stop(): Promise<void>
}

const defaultPorts: StackPorts = { kafka: 9092, registry: 8081, clickhouse: 8123 }

/**
 * Starts the parts that are not given, and resolves when each serves.
 * @throws LocalStackError HOME_NOT_PRIVATE | SECRET_UNUSABLE | ALREADY_RUNNING | PREREQUISITES_MISSING | DOCKER_INSTEAD | FETCH_FAILED | CHECKSUM_MISMATCH | PORT_TAKEN | NOT_READY | PART_CRASHED
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const home = resolve(options.home)
  const tightened = makePrivate(home)
  if (tightened !== undefined) options.onProgress?.(tightened)
  const claim = await claimHome(home)
  try {
    return await startClaimed(options, home, claim)
  } catch (error) {
    claim.release()
    throw error
  }
}

async function startClaimed(options: StackOptions, home: string, claim: HomeClaim): Promise<Stack> {
  const { external = {}, env, onProgress = () => undefined } = options
  await checkExternal(external, env)
  const needsJvm = external.kafkaBrokers === undefined || external.schemaRegistryUrl === undefined
  const jvm = needsJvm ? await requireJvm(env, onProgress) : undefined
  const ports = await choosePorts({ ...defaultPorts, ...options.ports }, external)
  const login = external.clickhouseUrl === undefined ? makeClickHouseLogin(home, env) : loginOf(env)
  const parts = await partsOf(options, home, ports, jvm, login)
  const processes = parts.map((part) => supervised(part, home, claim, onProgress))
  const stop = async () => {
    await Promise.all(
      parts.map(async (part, index) => {
        const inOrder = await processes[index]?.stop()
        await part.ended?.(inOrder ?? false)
      }),
    )
    claim.release()
  }
  try {
    await Promise.all(parts.map((part, index) => launch(part, processes[index], onProgress)))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    addresses: addressesOf(ports, external),
    clickhouseLogin: login,
    parts: processes,
    part: (name) => named(processes, name),
    stop,
  }
}

/** The class path of Kafka's own tools, once a stack has started. @throws LocalStackError CHECKSUM_MISMATCH */
export const kafkaClassPath = async (env: NodeJS.ProcessEnv): Promise<string | undefined> =>
  (await artifactsIn(cacheFolder(env)))?.kafkaClassPath

type Jvm = { readonly artifacts: Artifacts; readonly javaBuild: string }

/** The parts that are not given from outside. */
async function partsOf(
  { external = {}, env, isShortLived = false, adjustKafka }: StackOptions,
  home: string,
  ports: StackPorts,
  jvm: Jvm | undefined,
  login: ClickHouseLogin | undefined,
): Promise<readonly Part[]> {
  const parts: Part[] = []
  if (jvm !== undefined && external.kafkaBrokers === undefined) {
    const [port, controllerPort] = [ports.kafka, await freePort()]
    const adjusting = adjustKafka === undefined ? {} : { adjustKafka }
    parts.push(kafkaPart({ ...jvm, home, port, controllerPort, isShortLived, env, ...adjusting }))
  }
  if (jvm !== undefined && external.schemaRegistryUrl === undefined) {
    parts.push(await registryPart({ ...jvm, home, port: ports.registry, innerPort: await freePort(), env }))
  }
  if (external.clickhouseUrl === undefined && login !== undefined) {
    parts.push(clickHousePart({ home, port: ports.clickhouse, login, env }))
  }
  return parts
}

const addressesOf = (ports: StackPorts, external: Partial<StackAddresses>): StackAddresses => ({
  kafkaBrokers: external.kafkaBrokers ?? `127.0.0.1:${ports.kafka}`,
  schemaRegistryUrl: external.schemaRegistryUrl ?? `http://127.0.0.1:${ports.registry}${confluentPath}`,
  clickhouseUrl: external.clickhouseUrl ?? `http://127.0.0.1:${ports.clickhouse}`,
})

function named(processes: readonly SupervisedProcess[], name: PartName): SupervisedProcess {
  const found = processes.find((each) => each.name === name)
  if (found === undefined) throw new RangeError(`${name} was not started here`)
  return found
}

async function launch(
  part: Part,
  process: SupervisedProcess | undefined,
  onProgress: (line: string) => void,
): Promise<void> {
  const startedAt = Date.now()
  await part.prepare()
  await process?.start()
  onProgress(`${part.name} is ready (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`)
}

function supervised(part: Part, home: string, claim: HomeClaim, onProgress: (line: string) => void): SupervisedProcess {
  return superviseProcess({
    name: part.name,
    command: part.command,
    args: part.args,
    env: part.env,
    logFile: join(home, 'logs', `${part.name}.log`),
    check: part.check,
    readyWithinMs: 120_000,
    stopWithinMs: 15_000,
    onEvent: onProgress,
    onLaunch: (pid) => void claim.note(pid),
  })
}

async function requireJvm(env: NodeJS.ProcessEnv, onProgress: (line: string) => void): Promise<Jvm> {
  const cache = cacheFolder(env)
  const [present, java] = await Promise.all([artifactsIn(cache), findJava(env)])
  if (java === undefined || java.version < oldestJava || present === undefined) {
    const prerequisites = await findPrerequisites(env)
    const missing = missingPrerequisites(prerequisites, present !== undefined)
    if (missing !== undefined) {
      throw prerequisites.docker
        ? new LocalStackError('DOCKER_INSTEAD', `${missing.split('. Install')[0]}, but Docker is here`)
        : new LocalStackError('PREREQUISITES_MISSING', missing)
    }
  }
  return { artifacts: present ?? (await fetchArtifacts(cache, env, onProgress)), javaBuild: java?.build ?? 'unknown' }
}

async function choosePorts(wanted: StackPorts, external: Partial<StackAddresses>): Promise<StackPorts> {
  const choose = async (port: number, variable: string, given: string | undefined): Promise<number> => {
    if (given !== undefined) return port
    if (port === 0) return freePort()
    await requireFreePort(port, variable)
    return port
  }
  return {
    kafka: await choose(wanted.kafka, 'KAFKA_PORT', external.kafkaBrokers),
    registry: await choose(wanted.registry, 'REGISTRY_PORT', external.schemaRegistryUrl),
    clickhouse: await choose(wanted.clickhouse, 'CLICKHOUSE_PORT', external.clickhouseUrl),
  }
}
