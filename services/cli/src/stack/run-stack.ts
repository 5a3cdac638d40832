import { shellWord } from '@headwater/config/shell-word'
import {
  LocalStackError,
  removeStackState,
  type StackOptions,
  type StackState,
  type SupervisedProcess,
  startStack,
  startTimeOf,
  writeStackState,
} from '@headwater/local'
import type { CliConfig } from '../config.ts'
import { failureAmong, untilAllReady } from './all-ready.ts'
import { apiUrlOf, gatewayUrlOf } from './find-addresses.ts'
import { claimStart, findStack } from './running-stack.ts'
import { superviseServices } from './stack-services.ts'

// Holds: whatever was started is stopped in reverse order, also when the start fails midway or is cancelled. The state file exists as
// long as the stack, and shows the state of its processes at most half a second late.

export type RunStackOptions = {
  readonly config: CliConfig
  readonly env: NodeJS.ProcessEnv
  readonly onProgress: (line: string) => void
}

export type RunningStack = { readonly state: StackState; stop(): Promise<void> }

const refreshMs = 500

/** Starts the embedded stack, then the projector, the API and the gateway. @throws LocalStackError as startStack */
export async function runStack({ config, env, onProgress }: RunStackOptions): Promise<RunningStack> {
  const home = config.HEADWATER_HOME
  await requireNoOther(home)
  const unclaim = await claimStart(home)
  try {
    const stack = await startStack(stackOptions({ config, env, onProgress }))
    const services = superviseServices({ config, env, ...stack, onEvent: onProgress })
    const stopAll = async () => {
      for (const service of services.toReversed()) await service.stop()
      await stack.stop()
    }
    try {
      const launching = Promise.all(services.map((service) => launch(service, onProgress)))
      await Promise.race([launching, failureAmong(stack.parts, launching)])
      await untilAllReady([...stack.parts, ...services])
    } catch (error) {
      await stopAll()
      throw error
    }
    const stateNow = await stateOf(config, stack.addresses, [...stack.parts, ...services])
    const keeper = await keepState(home, stateNow, onProgress)
    return {
      state: stateNow(),
      async stop() {
        await keeper.stop()
        await stopAll()
        await removeStackState(home)
      },
    }
  } finally {
    await unclaim()
  }
}

/** @throws LocalStackError ALREADY_RUNNING when another process starts the stack of this home, or has started it */
async function requireNoOther(home: string): Promise<void> {
  const other = await findStack(home)
  if (other === undefined) return
  throw new LocalStackError(
    'ALREADY_RUNNING',
    `A stack runs in ${shellWord(home)} already (process ${other.state.pid})`,
  )
}

function stackOptions({ config, env, onProgress }: RunStackOptions): StackOptions {
  return {
    home: config.HEADWATER_HOME,
    ports: { kafka: config.KAFKA_PORT, registry: config.REGISTRY_PORT, clickhouse: config.CLICKHOUSE_PORT },
    external: {
      ...(config.KAFKA_BROKERS === undefined ? {} : { kafkaBrokers: config.KAFKA_BROKERS }),
      ...(config.SCHEMA_REGISTRY_URL === undefined ? {} : { schemaRegistryUrl: config.SCHEMA_REGISTRY_URL }),
      ...(config.CLICKHOUSE_URL === undefined ? {} : { clickhouseUrl: config.CLICKHOUSE_URL }),
    },
    env,
    onProgress,
  }
}

async function launch(service: SupervisedProcess, onProgress: (line: string) => void): Promise<void> {
  const startedAt = performance.now()
  await service.start()
  onProgress(`${service.name} is ready (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`)
}

async function stateOf(
  config: CliConfig,
  addresses: StackState['addresses'],
  processes: readonly SupervisedProcess[],
): Promise<() => StackState> {
  const startTime = (await startTimeOf(process.pid)) ?? 'unknown'
  const api = apiUrlOf(config)
  const urls = {
    api,
    docs: `${api}/docs`,
    gateway: gatewayUrlOf(config),
    metrics: `http://127.0.0.1:${config.PROJECTOR_METRICS_PORT}/metrics`,
  }
  return () => ({
    pid: process.pid,
    startTime,
    ready: processes.every(({ state }) => state === 'ready'),
    addresses,
    urls,
    parts: processes.map(partState),
  })
}

function partState({ name, pid, state, since, restarts, trouble, logFile }: SupervisedProcess): StackState['parts'][0] {
  const timeOf = (at: number | undefined) => at && new Date(at).toISOString()
  const why = { reason: trouble?.reason, nextTry: timeOf(trouble?.nextTryAt) || undefined }
  return { name, pid, state, since: new Date(since).toISOString(), restarts, ...why, logFile }
}

async function keepState(
  home: string,
  stateNow: () => StackState,
  onProgress: (line: string) => void,
): Promise<{ stop(): Promise<void> }> {
  let problem: string | undefined
  let written = ''
  let writing: Promise<void> = Promise.resolve()
  const write = async () => {
    const state = stateNow()
    const text = JSON.stringify(state)
    if (text === written) return
    await writeStackState(home, state)
    written = text
    problem = undefined
  }
  const note = (error: Error) => {
    if (problem === undefined) onProgress(`Cannot write the state that \`headwater status\` reads: ${error.message}`)
    problem = error.message
  }
  await write()
  const timer = setInterval(() => {
    writing = writing.then(write).catch(note)
  }, refreshMs)
  return {
    async stop() {
      clearInterval(timer)
      await writing
    },
  }
}
