import { faultKinds } from '../faults/fault-plan.ts'
import { type ChaosReport, countOf, type FaultRecord } from './chaos-report.ts'
import { percentile } from './percentile.ts'

/** The report as a section for people. */
export function reportMarkdown(report: ChaosReport): string {
  const { findings } = report
  return [
    `\`${commandOf(report)}\`, ${report.startedAt.slice(0, 10)}, ${report.machine}${report.cutShort ? ', ended early' : ''}:`,
    '',
    ...table(['', ''], summaryOf(report)),
    '',
    ...table(['fault', 'times', 'lasted p50', 'caught up p50', 'caught up max'], faultRows(report.faults)),
    '',
    findings.length === 0 ? 'Nothing was found.' : '### Found',
    ...findings.flatMap(({ kind, count, examples }) => ['', `${kind}: ${number(count)}`, ...listed(examples)]),
    '',
  ].join('\n')
}

const commandOf = ({ seed, minutes, recordsPerSecond, questions, every }: ChaosReport) =>
  `npm run chaos -- --minutes ${minutes}${every === undefined ? '' : ` --every ${every}`} --seed ${seed} --rate ${recordsPerSecond} --questions ${questions}`

function summaryOf(report: ChaosReport): readonly (readonly string[])[] {
  const seconds = report.loadMs / 1_000
  return [
    ['load', `${seconds.toFixed(0)} s, ${number(Math.round(report.records / seconds))} records/s`],
    ['distinct events', number(report.events)],
    ['records in the log', number(report.records)],
    ['of them duplicates', number(report.duplicates)],
    ['of them poison, all dead letters', number(report.poison)],
    ['sends that failed and were repeated', number(report.failedSends)],
    ['transactions committed, aborted, lost while committing', transactionsOf(report)],
    ['faults', number(report.faults.length)],
    ['**lost**', number(countOf(report, 'lost'))],
    ['**untrue: of aborted transactions**', number(countOf(report, 'untrue'))],
    ['**counted twice**', number(countOf(report, 'counted twice'))],
    ['**rows other than one pass without faults gives**', number(countOf(report, 'wrong row'))],
    ['**dead letters missing or too many**', number(countOf(report, 'dead letter'))],
    ['**projectors that ended by themselves**', number(countOf(report, 'projector ended'))],
    ['**wrong answers**', `${number(report.wrongAnswers)} of ${number(report.questions)} questions`],
    ['rows written again by replays', number(report.rowsStored - report.rowsRead)],
    ['dead letters written again', number(report.repeatedDeadLetters)],
    ['all folded after the load ended', duration(report.foldedAfterMs)],
  ]
}

const transactionsOf = ({ transactions: { committed, aborted, unknown } }: ChaosReport) =>
  [committed, aborted, unknown].map(number).join(', ')

function faultRows(faults: readonly FaultRecord[]): readonly (readonly string[])[] {
  return faultKinds.flatMap((kind) => {
    const all = faults.filter((fault) => fault.kind === kind)
    if (all.length === 0) return []
    const recoveries = all.flatMap(({ recoveredMs }) => (recoveredMs === undefined ? [] : [recoveredMs]))
    const lasted = all.map(({ lastedMs }) => lastedMs)
    return [
      [
        ...[kind, number(all.length), duration(percentile(lasted, 0.5))],
        ...[duration(percentile(recoveries, 0.5)), duration(percentile(recoveries, 1))],
      ],
    ]
  })
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`)

const listed = (examples: readonly string[]) =>
  examples.map((example) => `- \`${example.replaceAll('`', "'").replaceAll('\n', ' ')}\``)

const number = (value: number) => value.toLocaleString('en-US')

const duration = (ms: number | undefined) => (ms === undefined ? '' : `${(ms / 1_000).toFixed(1)} s`)
