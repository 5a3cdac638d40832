import type { Completeness } from '@headwater/api/contract'
import { shellWord } from '@headwater/config/shell-word'
import { textWithoutSecrets } from '@headwater/lineage'
import type { StackState } from '@headwater/local/state'
import type { Context } from '../context.ts'
import type { Finding } from '../doctor/finding.ts'
import { formatDuration } from '../terminal/age.ts'
import { gapText } from '../terminal/gap-text.ts'
import { createStyle } from '../terminal/style.ts'
import { formatTable } from '../terminal/table.ts'
import { troubleLines } from './stack-summary.ts'

/** How far the log is folded, or why that is not known. */
export type Lag = {
  readonly position: string
  readonly lagMs: number | null
  /** Undefined where the API is of an earlier version. */
  readonly completeness?: Completeness | undefined
  readonly problem?: string
}

export type StatusText = {
  readonly home: string
  readonly state: StackState
  readonly lag: Lag
  /** The parts that do not work now, whatever the supervisor last saw. */
  readonly failing: readonly Finding[]
  readonly clickhouseUser: string
  readonly context: Pick<Context, 'colour' | 'width'>
}

/** A running stack as lines: a table of its parts with their addresses, what does not work, and the lag. */
export function statusText({ home, state, lag, failing, clickhouseUser, context }: StatusText): readonly string[] {
  const style = createStyle(context.colour)
  const paint = (text: string) => (text === 'ready' || text === 'elsewhere' ? style.green(text) : style.red(text))
  const columns = [
    { title: 'Part' },
    { title: 'State', paint },
    { title: 'Pid' },
    { title: 'Restarts' },
    { title: 'Address', flexible: true },
  ]
  return [
    ...formatTable(columns, rowsOf(state, new Set(failing.map(({ name }) => name.toLowerCase()))), context.width),
    ...troubleLines(state).map(style.red),
    ...failing.map(({ name, detail }) => style.red(`${name}: ${detail}`)),
    `API docs: ${state.urls['docs']}`,
    `ClickHouse user: ${clickhouseUser} (its password: headwater status --secrets)`,
    `Data and logs: ${shellWord(home)}`,
    lagLine(lag),
    ...gapLines(lag.completeness).map((line) => style.red(line)),
  ]
}

function rowsOf({ addresses, urls, parts }: StackState, failing: ReadonlySet<string>): readonly string[][] {
  const addressOf: Readonly<Record<string, string | undefined>> = {
    kafka: addresses.kafkaBrokers,
    registry: textWithoutSecrets(addresses.schemaRegistryUrl),
    clickhouse: textWithoutSecrets(addresses.clickhouseUrl),
    projector: urls['metrics'],
    api: urls['api'],
    gateway: urls['gateway'],
  }
  const started = parts.map(({ name }) => name)
  const elsewhere = ['kafka', 'registry', 'clickhouse'].filter((name) => !started.includes(name))
  const stateOf = (name: string, state: string) =>
    failing.has(name) && (state === 'ready' || state === 'elsewhere') ? 'failing' : state
  return [
    ...parts.map(({ name, state, pid, restarts }) => [
      name,
      stateOf(name, state),
      String(pid ?? '-'),
      String(restarts),
      addressOf[name] ?? '',
    ]),
    ...elsewhere.map((name) => [name, stateOf(name, 'elsewhere'), '-', '-', addressOf[name] ?? '']),
  ]
}

/** A line about records that are missing in all answers; none where none are. */
function gapLines(completeness: Completeness | undefined): readonly string[] {
  return completeness === undefined || completeness.complete ? [] : [`Missing: ${gapText(completeness)}`]
}

function lagLine({ position, lagMs, problem }: Lag): string {
  if (problem !== undefined) return `Lag: unknown. ${problem}`
  if (position === '') return 'Lag: unknown, nothing has been folded yet'
  return `Lag: ${lagMs === null ? 'unknown' : formatDuration(lagMs)} (folded up to ${position})`
}
