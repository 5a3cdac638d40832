import type { ReplayReport } from '@headwater/clickhouse'
import { describe, expect, it } from 'vitest'
import { replayText } from '../../src/tables/replay-text.ts'
import { createStyle } from '../../src/terminal/style.ts'

const lines = (report: ReplayReport) => replayText(report, createStyle(false), undefined)
const progress = { kind: 'progress', folded: 1_234, total: 5_000, eventsPerSecond: 100, secondsLeft: 38 } as const
const finished = {
  kind: 'finished',
  generation: 2,
  events: 5_000,
  seconds: 61,
  foldingSeconds: 50,
  eventsPerSecond: 100,
  deadLetters: 0,
  pausedSeconds: 2.4,
} as const

describe('the reports of a replay as text', () => {
  it('show progress, rate, and the time left if known', () => {
    expect(lines(progress)).toEqual(['1,234 of 5,000 events (24 %), 100 events/s, 38 s left'])
    const [unknown] = lines({ ...progress, folded: 0, eventsPerSecond: 0, secondsLeft: null })
    expect(unknown).toBe('0 of 5,000 events (0 %), 0 events/s')
    expect(lines({ ...progress, folded: 0, total: 0, secondsLeft: 0 })).toEqual(['0 of 0 events (100 %), 100 events/s'])
  })

  it('show a line per table, with the rows that only one side has', () => {
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

  it('end with the outcome, and how to resume a stopped replay', () => {
    expect(lines({ ...finished, outcome: 'swapped', deadLetters: 3 })).toEqual([
      'The old tables are dropped. 5,000 events in 50 s (100 events/s), 1 min 1 s with comparing; 3 records are not valid events, see: headwater dlq list',
    ])
    expect(lines({ ...finished, outcome: 'nothing-to-cancel' })).toHaveLength(1)
    expect(lines({ kind: 'stopped', folded: 10, total: 20 })).toEqual([
      'Stopped at 10 of 20 events; nothing was swapped',
      'Resume with: headwater replay. Drop the rebuilt tables with: headwater replay --cancel',
    ])
  })
})
