import { describe, expect, it } from 'vitest'
import { type ReplayReport, replayText } from '../../src/tables/replay-text.ts'
import { createStyle } from '../../src/terminal/style.ts'

const lines = (report: ReplayReport) => replayText(report, createStyle(false), undefined)
const progress = { kind: 'progress', folded: 1_234, total: 5_000, eventsPerSecond: 100, secondsLeft: 38 } as const
const finished = {
  kind: 'finished',
  generation: 2,
  events: 5_000,
  seconds: 61,
  eventsPerSecond: 100,
  deadLetters: 0,
  pausedSeconds: 2.4,
} as const

describe('what a replay tells', () => {
  it('is how far it is, how fast, and how long it will take where that is known', () => {
    expect(lines(progress)).toEqual(['1,234 of 5,000 events (24 %), 100 events/s, 38 s left'])
    const [unknown] = lines({ ...progress, folded: 0, eventsPerSecond: 0, secondsLeft: null })
    expect(unknown).toBe('0 of 5,000 events (0 %), 0 events/s')
    expect(lines({ ...progress, folded: 0, total: 0, secondsLeft: 0 })).toEqual(['0 of 0 events (100 %), 100 events/s'])
  })

  it('is a line for each table, with the rows that only one side has', () => {
    const equal = { table: 'checks', liveRows: 1_000, rebuiltRows: 1_000, equal: true, onlyLive: 0, onlyRebuilt: 0 }
    const other = { table: 'run_facts', liveRows: 7, rebuiltRows: 8, equal: false, onlyLive: 1, onlyRebuilt: 2 }
    const unknown = { ...other, table: 'large', onlyLive: null, onlyRebuilt: null }
    expect(lines({ kind: 'compared', tables: [equal, other, unknown] })).toEqual([
      'Table      Rows live  Rows rebuilt  Result',
      'checks     1,000      1,000         equal',
      'run_facts  7          8             differ: 1 rows only live, 2 only rebuilt',
      'large      7          8             differ',
    ])
  })

  it('ends with what became of it, and how to go on where it was stopped', () => {
    expect(lines({ ...finished, outcome: 'swapped', deadLetters: 3 })).toEqual([
      'The old tables are dropped. 5,000 events in 1 min 1 s (100 events/s); 3 records are no event, see the dead letters',
    ])
    expect(lines({ ...finished, outcome: 'nothing-to-cancel' })).toHaveLength(1)
    expect(lines({ kind: 'stopped', folded: 10, total: 20 })).toEqual([
      'Stopped at 10 of 20 events; nothing was swapped',
      'Go on with: headwater replay. Drop what was built with: headwater replay --cancel',
    ])
  })
})
