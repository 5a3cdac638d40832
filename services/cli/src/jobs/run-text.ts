import type { Run, RunOutcome } from '@headwater/api/contract'
import { formatDuration } from '../terminal/age.ts'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import type { When } from '../terminal/when.ts'

/** What became of a run, in one line, with the first of its error. */
export function runLine(run: RunOutcome, when: When): string {
  const ended = when(run.endedAt ?? run.lastEventAt)
  const took =
    run.startedAt !== null && run.endedAt !== null
      ? `, took ${formatDuration(Date.parse(run.endedAt) - Date.parse(run.startedAt))}`
      : ''
  const [why = ''] = (run.error ?? '').split('\n', 1)
  return `${run.state} ${ended}${took} by ${run.jobNamespace}/${run.jobName}${why === '' ? '' : `: ${why}`}`
}

/** Everything about one run, as lines. */
export function runText(run: Run, style: Style, when: When): readonly string[] {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Run', run.runId],
    ['Tool', run.by],
    ['Started', run.startedAt],
    ['Ended', run.endedAt],
    ['Interval', run.nominalStart === null ? null : `${run.nominalStart} to ${run.nominalEnd ?? '?'}`],
    ['Parent', run.parent && `${run.parent.jobNamespace}/${run.parent.jobName} ${run.parent.runId}`],
    ['Children', run.children.total === 0 ? null : String(run.children.total)],
    ['Error', run.error],
    ...run.inputs.map((key, index): [string, string] => [index === 0 ? 'Read' : '', key]),
    ...run.outputs.map((key, index): [string, string] => [index === 0 ? 'Wrote' : '', key]),
    ...Object.entries(run.metadata).map(([name, value]): [string, string] => [name, JSON.stringify(value)]),
  ]
  const paint = run.state === 'FAILED' ? style.red : run.state === 'SUCCEEDED' ? style.green : style.yellow
  return [
    `${paint(run.state)} ${style.bold(printable(`${run.jobNamespace}/${run.jobName}`))} ${style.dim(when(run.endedAt ?? run.lastEventAt))}`,
    ...facts.flatMap(([name, value]) =>
      value === null || value === '' ? [] : [`  ${style.dim(printable(name).padEnd(9))} ${printable(value)}`],
    ),
  ]
}
