import type { UnexpectedEnd } from '../faults/projector-crew.ts'
import type { Finding } from '../report/chaos-report.ts'
import type { TableDifference } from './table-differences.ts'
import type { Verification } from './verify-run.ts'

const mostExamples = 10

/** @param missing what was waited for */
export const notCaughtUp = (missing: readonly string[]): Finding => ({
  kind: 'not caught up',
  count: 1,
  examples: ['The tables did not hold all of the log in time, or a recovery was never seen', ...missing],
})

type Observed = Verification & {
  readonly acknowledged: ReadonlySet<number>
  readonly withdrawn: ReadonlySet<number>
  readonly unexpectedEnds: readonly UnexpectedEnd[]
}

/** What must not be, of what was seen; empty when all is right. */
export function findingsOf(observed: Observed): readonly Finding[] {
  const { truth, tables, deadLetters, answers, acknowledged, withdrawn, unexpectedEnds } = observed
  const unlogged = [...acknowledged].filter((number) => !truth.numbers.has(number))
  const untrue = [...withdrawn].filter((number) => truth.numbers.has(number))
  const runFacts = tables.rows.run_facts.read - truth.runEvents
  return [
    finding('lost', unlogged, (number) => `record ${number} was acknowledged and is not in the log`),
    finding('untrue', untrue, (number) => `record ${number} is of an aborted transaction and is read from the log`),
    ...tables.differences.map(differenceOf),
    ...countsOf(runFacts, tables.differences),
    finding('dead letter', deadLetters.missing, (position) => `${position} is poison and has no dead letter`),
    finding('dead letter', deadLetters.extra, (position) => `${position} is an event and has a dead letter`),
    finding('projector ended', unexpectedEnds, ({ projector, how, output }) => `${projector} ${how}: ${output}`),
    finding('wrong answer', answers.wrong, ({ question, difference }) => `${question}: ${difference}`),
  ].filter(({ count }) => count > 0)
}

function finding<T>(kind: Finding['kind'], cases: readonly T[], text: (one: T) => string): Finding {
  return { kind, count: cases.length, examples: cases.slice(0, mostExamples).map(text) }
}

function differenceOf({ table, rows, expectedRows, missing, extra }: TableDifference): Finding {
  const kind = rows < expectedRows ? 'lost' : rows > expectedRows ? 'counted twice' : 'wrong row'
  return {
    kind,
    count: Math.max(1, Math.abs(rows - expectedRows)),
    examples: [
      `${table} has ${rows} rows, expected ${expectedRows}`,
      ...missing.map((row) => `${table} lacks ${row}`),
      ...extra.map((row) => `${table} should not have ${row}`),
    ],
  }
}

/** Counted without the fold: each distinct event about a run is one row. Differences of tables, if any, are more specific. */
function countsOf(excess: number, differences: readonly TableDifference[]): readonly Finding[] {
  if (excess === 0 || differences.some(({ table }) => table === 'run_facts')) return []
  const example = `run_facts has ${Math.abs(excess)} rows ${excess < 0 ? 'fewer' : 'more'} than there are events`
  return [{ kind: excess < 0 ? 'lost' : 'counted twice', count: Math.abs(excess), examples: [example] }]
}
