import { expect, it } from 'vitest'
import type { ChaosReport } from '../../../src/chaos/report/chaos-report.ts'
import { reportMarkdown } from '../../../src/chaos/report/report-markdown.ts'

const report: ChaosReport = {
  ...{ seed: 7, startedAt: '2026-01-15T12:00:00.000Z', minutes: 2, recordsPerSecond: 500, machine: 'a machine' },
  ...{ loadMs: 120_000, foldedAfterMs: 1_500, cutShort: false, events: 59_000, poison: 1_000, records: 63_000 },
  ...{ duplicates: 3_000, failedSends: 2, repeatedDeadLetters: 4, rowsRead: 100, rowsStored: 110, questions: 1_000 },
  wrongAnswers: 0,
  every: undefined,
  transactions: { committed: 20, aborted: 10, unknown: 1 },
  faults: [1_000, 2_000, 9_000].map((recoveredMs) => ({
    ...{ kind: 'broker killed', detail: 'broker killed', atMs: 0, lastedMs: 5_000, recoveredMs },
  })),
  findings: [],
}

it('The report says how to repeat the run, how long recoveries took, and that nothing was found', () => {
  const text = reportMarkdown(report)
  expect(text).toContain('npm run chaos -- --minutes 2 --seed 7 --rate 500 --questions 1000')
  expect(text).toContain('| broker killed | 3 | 5.0 s | 2.0 s | 9.0 s |')
  expect(text).toContain('| **wrong answers** | 0 of 1,000 questions |')
  expect(text).toContain('| transactions committed, aborted, lost while committing | 20, 10, 1 |')
  expect(text).toContain('Nothing was found.')
  expect(reportMarkdown({ ...report, every: 2 })).toContain('--minutes 2 --every 2 --seed 7')
})

it('The report lists what was found', () => {
  const findings = [{ kind: 'lost', count: 1_200, examples: ['run_facts lacks `x`'] }] as const
  expect(reportMarkdown({ ...report, findings })).toContain("lost: 1,200\n- `run_facts lacks 'x'`")
})
