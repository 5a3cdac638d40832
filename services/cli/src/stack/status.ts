import type { StackState } from '@headwater/local/state'
import { createApiClient } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { formatDuration } from '../terminal/age.ts'
import { createStyle } from '../terminal/style.ts'
import { formatTable } from '../terminal/table.ts'
import { findStack } from './running-stack.ts'

type Lag = { readonly position: string; readonly lagMs: number | null }

/** Shows the state of each part and how far the log is folded; fails unless all are ready. */
export async function status(context: Context, config: CliConfig, json: boolean): Promise<number> {
  const home = config.HEADWATER_HOME
  const found = await findStack(home)
  const state = found?.situation === 'running' ? found.state : undefined
  const lag = state && (await lagOf(state, config))
  if (json)
    context.print(JSON.stringify({ situation: found?.situation ?? 'stopped', home, ...state, lag: lag ?? null }))
  else if (state !== undefined) printStatus(context, state, lag)
  else if (found !== undefined) context.print(`Process ${found.state.pid} is starting the stack`)
  else context.print(`No stack is running in ${home}. Start one with: npm start`)
  return state?.ready ? exitCodes.ok : exitCodes.failing
}

async function lagOf(state: StackState, { HEADWATER_API_KEY: apiKey }: CliConfig): Promise<Lag | undefined> {
  const url = state.urls['api']
  if (url === undefined) return undefined
  try {
    const { position, lagMs } = await createApiClient({ baseUrl: url, apiKey }).assets({ limit: 1 })
    return { position, lagMs }
  } catch {
    return undefined // the table shows which part failed
  }
}

function printStatus(context: Context, state: StackState, lag: Lag | undefined): void {
  const style = createStyle(context.colour)
  const addresses: Readonly<Record<string, string | undefined>> = {
    kafka: state.addresses.kafkaBrokers,
    registry: state.addresses.schemaRegistryUrl,
    clickhouse: state.addresses.clickhouseUrl,
    projector: state.urls['metrics'],
    api: state.urls['api'],
    gateway: state.urls['gateway'],
  }
  const started = state.parts.map(({ name }) => name)
  const elsewhere = ['kafka', 'registry', 'clickhouse'].filter((name) => !started.includes(name))
  const rows = [
    ...state.parts.map((part) => [
      part.name,
      part.state,
      String(part.pid ?? '-'),
      String(part.restarts),
      addresses[part.name] ?? '',
    ]),
    ...elsewhere.map((name) => [name, 'elsewhere', '-', '-', addresses[name] ?? '']),
  ]
  const paint = (text: string) => (text === 'ready' ? style.green(text) : text === 'elsewhere' ? text : style.red(text))
  const columns = [
    { title: 'Part' },
    { title: 'State', paint },
    { title: 'Pid' },
    { title: 'Restarts' },
    { title: 'Address', flexible: true },
  ]
  for (const line of formatTable(columns, rows, context.width)) context.print(line)
  context.print(lagLine(lag))
}

function lagLine(lag: Lag | undefined): string {
  if (lag === undefined) return 'Lag: unknown, the API does not answer'
  if (lag.position === '') return 'Lag: unknown, nothing has been folded yet'
  const behind = lag.lagMs === null ? 'unknown' : formatDuration(lag.lagMs)
  return `Lag: ${behind} (folded up to ${lag.position})`
}
