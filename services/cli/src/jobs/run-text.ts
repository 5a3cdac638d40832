import type { AssetCard, Run, RunOutcome } from '@headwater/api/contract'
import { formatDuration } from '../terminal/age.ts'
import { type Fact, factLines } from '../terminal/facts.ts'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { formatUtc } from '../terminal/utc.ts'
import type { When } from '../terminal/when.ts'

/** The outcome of a run on one line, with the first line of its error. */
export function runLine(run: RunOutcome, when: When): string {
  const ended = when(run.endedAt ?? run.lastEventAt)
  const took =
    run.startedAt !== null && run.endedAt !== null
      ? `, took ${formatDuration(Date.parse(run.endedAt) - Date.parse(run.startedAt))}`
      : ''
  const [error = ''] = (run.error ?? '').split('\n', 1)
  return `${run.state} ${ended}${took} by ${run.jobNamespace}/${run.jobName}${error === '' ? '' : `: ${error}`}`
}

/** Everything about one run, as lines. */
export function runText(run: Run, style: Style, when: When): readonly string[] {
  const facts: readonly Fact[] = [
    ['Run', run.runId],
    ['Tool', run.by],
    ['Started', run.startedAt && formatUtc(run.startedAt)],
    ['Ended', run.endedAt && formatUtc(run.endedAt)],
    [
      'Interval',
      run.nominalStart === null
        ? null
        : `${formatUtc(run.nominalStart)} to ${run.nominalEnd === null ? '?' : formatUtc(run.nominalEnd)}`,
    ],
    ['Parent', run.parent && `${run.parent.jobNamespace}/${run.parent.jobName} ${run.parent.runId}`],
    ['Children', run.children.total === 0 ? null : String(run.children.total)],
    ['Error', run.error],
    ...run.inputs.map((key, index): Fact => [index === 0 ? 'Read' : '', key]),
    ...run.outputs.map((key, index): Fact => [index === 0 ? 'Wrote' : '', key]),
    ...Object.entries(run.metadata).map(([name, value]): Fact => [name, JSON.stringify(value)]),
  ]
  const paint = run.state === 'FAILED' ? style.red : run.state === 'SUCCEEDED' ? style.green : style.yellow
  return [
    `${paint(run.state)} ${style.bold(printable(`${run.jobNamespace}/${run.jobName}`))} ${style.dim(when(run.endedAt ?? run.lastEventAt))}`,
    ...factLines(facts, style, 10),
  ]
}

/** The number of runs in each state; zeros are left out. */
export function runCounts(counts: AssetCard['materializations']): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state.toLowerCase()}`)
    .join(', ')
}
