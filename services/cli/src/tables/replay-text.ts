import { formatDuration } from '../terminal/age.ts'
import type { Style } from '../terminal/style.ts'
import { formatTable } from '../terminal/table.ts'

type Table = {
  readonly table: string
  readonly liveRows: number
  readonly rebuiltRows: number
  readonly equal: boolean
  readonly onlyLive: number | null
  readonly onlyRebuilt: number | null
}

/** What `replay-main` of the projector says of itself (its `ReplayReport`), as far as it is shown; services import nothing of each other. */
export type ReplayReport =
  | { readonly kind: 'began'; readonly generation: number; readonly database: string; readonly resumed: boolean }
  | {
      readonly kind: 'progress'
      readonly folded: number
      readonly total: number
      readonly eventsPerSecond: number
      readonly secondsLeft: number | null
    }
  | { readonly kind: 'pausing' }
  | { readonly kind: 'compared'; readonly tables: readonly Table[] }
  | { readonly kind: 'again'; readonly reason: 'moved' | 'differs'; readonly pausedSeconds: number }
  | { readonly kind: 'swapped'; readonly generation: number; readonly pausedSeconds: number }
  | {
      readonly kind: 'finished'
      readonly outcome: 'swapped' | 'verified' | 'cancelled' | 'nothing-to-cancel' | 'tidied'
      readonly generation: number
      readonly events: number
      readonly seconds: number
      readonly eventsPerSecond: number
      readonly deadLetters: number
      readonly pausedSeconds: number
    }
  | { readonly kind: 'stopped'; readonly folded: number; readonly total: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

/** A report as lines for people; none for failures, which are told as such. */
export function replayText(report: ReplayReport, style: Style, width: number | undefined): readonly string[] {
  switch (report.kind) {
    case 'began':
      return [
        report.resumed
          ? `Going on with generation ${report.generation} in database ${report.database}`
          : `Building generation ${report.generation} in database ${report.database}`,
      ]
    case 'progress':
      return [progressLine(report)]
    case 'pausing':
      return ['Caught up; the projectors are held while the tables are compared, readers read on']
    case 'compared':
      return comparisonLines(report.tables, style, width)
    case 'again':
      return [
        report.reason === 'moved'
          ? `The tables moved meanwhile; the projectors go on after ${report.pausedSeconds} s, then they are compared again`
          : `They differ, but a projector is under way; it goes on after ${report.pausedSeconds} s, then they are compared again`,
      ]
    case 'swapped':
      return [
        `Swapped: readers read generation ${report.generation}. The projectors were held for ${report.pausedSeconds} s`,
      ]
    case 'finished':
      return finishedLines(report)
    case 'stopped':
      return [
        report.total === 0
          ? 'Stopped before anything was folded; nothing was swapped'
          : `Stopped at ${number(report.folded)} of ${number(report.total)} events; nothing was swapped`,
        'Go on with: headwater replay. Drop what was built with: headwater replay --cancel',
      ]
    case 'failed':
      return []
  }
}

function progressLine({ folded, total, eventsPerSecond, secondsLeft }: ReplayReport & { kind: 'progress' }): string {
  const share = total === 0 ? 100 : Math.floor((folded * 100) / total)
  const left = secondsLeft === null || secondsLeft === 0 ? '' : `, ${formatDuration(secondsLeft * 1_000)} left`
  return `${number(folded)} of ${number(total)} events (${share} %), ${number(eventsPerSecond)} events/s${left}`
}

function comparisonLines(tables: readonly Table[], style: Style, width: number | undefined): readonly string[] {
  const columns = [
    { title: 'Table' },
    { title: 'Rows live' },
    { title: 'Rows rebuilt' },
    { title: 'Result', paint: (text: string) => (text === 'equal' ? style.green(text) : style.red(text)) },
  ]
  const rows = tables.map((each) => [each.table, number(each.liveRows), number(each.rebuiltRows), resultOf(each)])
  return formatTable(columns, rows, width)
}

function resultOf({ equal, onlyLive, onlyRebuilt }: Table): string {
  if (equal) return 'equal'
  if (onlyLive === null || onlyRebuilt === null) return 'differ'
  return `differ: ${number(onlyLive)} rows only live, ${number(onlyRebuilt)} only rebuilt`
}

function finishedLines(report: ReplayReport & { kind: 'finished' }): readonly string[] {
  const { outcome, generation, events, seconds, eventsPerSecond, deadLetters } = report
  if (outcome === 'nothing-to-cancel') return ['No replay is unfinished: there is nothing to cancel']
  if (outcome === 'cancelled') return ['Cancelled: what was built is dropped, and the live tables are as they were']
  if (outcome === 'tidied') return [`Generation ${generation} had been swapped in already; the old tables are dropped`]
  const rate = eventsPerSecond > 0 ? ` (${number(eventsPerSecond)} events/s)` : ''
  const noEvents = deadLetters === 0 ? '' : `; ${number(deadLetters)} records are no event, see the dead letters`
  const done = outcome === 'verified' ? 'The live tables are what the log says' : 'The old tables are dropped'
  return [`${done}. ${number(events)} events in ${formatDuration(seconds * 1_000)}${rate}${noEvents}`]
}

const number = (value: number): string => value.toLocaleString('en-US')
