import { expect, it } from 'vitest'
import { edgeEvidence } from '../../src/lineage/edge-evidence.ts'

it('shows no run for an edge that is only declared', () => {
  const time = '2026-01-15T12:00:00.000Z'
  const job = { jobNamespace: 'shop', jobName: 'join', runId: '', assertion: 'declared' } as const
  const evidence = { ...job, firstSeen: time, lastSeen: time, runs: 0, failedRuns: 0, current: true }
  expect(edgeEvidence([evidence], undefined)).toEqual(['shop/join · declared · 0 runs · 2026-01-15 12:00 UTC'])
})
