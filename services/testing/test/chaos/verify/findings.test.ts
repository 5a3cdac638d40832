import { describe, expect, it } from 'vitest'
import { findingsOf } from '../../../src/chaos/verify/findings.ts'
import { foldedTables, type TableComparison } from '../../../src/chaos/verify/table-differences.ts'

type Observed = Parameters<typeof findingsOf>[0]

const rows = Object.fromEntries(foldedTables.map((table) => [table, { read: 2, stored: 3 }])) as TableComparison['rows']
const right: Observed = {
  truth: { events: [], runEvents: 2, poison: new Set(), numbers: new Set([1, 2]), duplicates: 0 },
  records: 2,
  tables: { differences: [], rows },
  deadLetters: { missing: [], extra: [], repeated: 0 },
  answers: { asked: 10, wrong: [] },
  acknowledged: new Set([1, 2]),
  withdrawn: new Set([3]),
  unexpectedEnds: [],
}
const kindsOf = (observed: Partial<Observed>) =>
  findingsOf({ ...right, ...observed }).map(({ kind, count }) => `${count} ${kind}`)

describe('What is found', () => {
  it('is nothing when all is right', () => {
    expect(findingsOf(right)).toEqual([])
  })

  it('is a loss when the log lacks what was acknowledged, or the tables what the log has', () => {
    expect(kindsOf({ acknowledged: new Set([1, 2, 3]) })).toEqual(['1 lost'])
    const difference = { table: 'run_facts', rows: 7, expectedRows: 10, missing: ['x'], extra: [] } as const
    expect(kindsOf({ tables: { differences: [difference], rows } })).toEqual(['3 lost'])
  })

  it('is untrue when the log is read with a record of an aborted transaction', () => {
    expect(kindsOf({ withdrawn: new Set([2, 3]) })).toEqual(['1 untrue'])
  })

  it('is a duplicate when the tables have more rows than there are events, even if one pass gives as many', () => {
    expect(kindsOf({ truth: { ...right.truth, runEvents: 1 } })).toEqual(['1 counted twice'])
  })

  it('is a wrong row when tables of equal length say other things', () => {
    const difference = { table: 'checks', rows: 10, expectedRows: 10, missing: ['x'], extra: ['y'] } as const
    expect(kindsOf({ tables: { differences: [difference], rows } })).toEqual(['1 wrong row'])
  })

  it('is every wrong answer, of which ten are shown', () => {
    const wrong = Array.from({ length: 12 }, (_, index) => ({ question: `/q${index}`, difference: 'x' }))
    const [found] = findingsOf({ ...right, answers: { asked: 20, wrong } })
    expect([found?.count, found?.examples.length]).toEqual([12, 10])
  })

  it('is a projector that ended by itself, and dead letters that are missing or too many', () => {
    expect(
      kindsOf({ unexpectedEnds: [{ projector: 'projector 1', how: 'ended by itself with 1', output: '' }] }),
    ).toEqual(['1 projector ended'])
    expect(kindsOf({ deadLetters: { missing: ['a'], extra: ['b', 'c'], repeated: 0 } })).toEqual([
      '1 dead letter',
      '2 dead letter',
    ])
  })
})
