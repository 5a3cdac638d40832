import type { ReplayReport, TableComparison } from '@headwater/clickhouse'
import { formatDuration } from '../terminal/age.ts'
import type { Style } from '../terminal/style.ts'
import { formatTable } from '../terminal/table.ts'

/** A report as lines for people; empty for a failure, which is reported as an error. */
export function replayText(report: ReplayReport, style: Style, width: number | undefined): readonly string[] {
  switch (report.kind) {
    case 'began':
      return [
        report.resumed
          ? `Resuming generation ${report.generation} in database ${report.database}`
          : `Building generation ${report.generation} in database ${report.database}`,
      ]
    case 'incomplete':
      return report.gaps.map(
        ({ topic, partition, firstOffset, lastOffset }) =>
          `The log begins at ${topic}:${partition}:${lastOffset + 1}: the rebuilt tables will lack ${number(lastOffset - firstOffset + 1)} earlier records`,
      )
    case 'progress':
      return [progressLine(report)]
    case 'pausing':
      return ['Caught up; the projectors pause while the tables are compared, readers continue']
    case 'compared':
      return comparisonLines(report.tables, style, width)
    case 'waiting':
      return [`Waiting: ${report.detail}`]
    case 'again':
      return [
        report.reason === 'moved'
          ? `The live tables changed meanwhile; the projectors resume after ${report.pausedSeconds} s, then the tables are compared again`
          : `The tables differ; the projectors resume after ${report.pausedSeconds} s, and the tables are compared again if there is something left to fold`,
      ]
    case 'swapped':
      return [
        `Swapped: readers read generation ${report.generation}. The projectors paused for ${report.pausedSeconds} s`,
      ]
    case 'finished':
      return finishedLines(report)
    case 'stopped':
      return [
        report.total === 0
          ? 'Stopped before anything was folded; nothing was swapped'
          : `Stopped at ${number(report.folded)} of ${number(report.total)} events; nothing was swapped`,
        'Resume with: headwater replay. Drop the rebuilt tables with: headwater replay --cancel',
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

function comparisonLines(
  tables: readonly TableComparison[],
  style: Style,
  width: number | undefined,
): readonly string[] {
  const columns = [
    { title: 'Table' },
    { title: 'Rows live' },
    { title: 'Rows rebuilt' },
    { title: 'Result', paint: (text: string) => (text === 'equal' ? style.green(text) : style.red(text)) },
  ]
  const rows = tables.map((each) => [each.table, number(each.liveRows), number(each.rebuiltRows), resultOf(each)])
  return formatTable(columns, rows, width)
}

function resultOf({ equal, onlyLive, onlyRebuilt }: TableComparison): string {
  if (equal) return 'equal'
  if (onlyLive === null || onlyRebuilt === null) return 'differ'
  return `differ: ${number(onlyLive)} rows only live, ${number(onlyRebuilt)} only rebuilt`
}

function finishedLines(report: ReplayReport & { kind: 'finished' }): readonly string[] {
  const { outcome, generation, events, seconds, foldingSeconds, eventsPerSecond, deadLetters } = report
  if (outcome === 'nothing-to-cancel') return ['Nothing to cancel: no replay is unfinished']
  if (outcome === 'cancelled') return ['Cancelled: the rebuilt tables are dropped, the live tables are unchanged']
  if (outcome === 'tidied') return [`Generation ${generation} was already swapped in; the old tables are dropped`]
  const rate =
    eventsPerSecond > 0
      ? ` in ${duration(foldingSeconds)} (${number(eventsPerSecond)} events/s), ${duration(seconds)} with comparing`
      : ` in ${duration(seconds)}`
  const refused =
    deadLetters === 0 ? '' : `; ${number(deadLetters)} records are not valid events, see: headwater dlq list`
  const done = outcome === 'verified' ? 'The live tables equal the log' : 'The old tables are dropped'
  return [`${done}. ${number(events)} events${rate}${refused}`]
}

/** As exact as the rate beside it, so that the two multiply to the number of events. */
const duration = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : formatDuration(Math.round(seconds) * 1_000)

const number = (value: number): string => value.toLocaleString('en-US')
