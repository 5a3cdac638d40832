import { describe, expect, it } from 'vitest'
import { type RunGroup, writerHistories } from '../../src/edges/current-edges.ts'
import { type DeclaredLink, declaredEvidence } from '../../src/edges/declared-edges.ts'
import type { EdgeChoice } from '../../src/time/moment.ts'

const job = { jobNamespace: 'n', jobName: 'j' }
const link: DeclaredLink = { from: 'a', to: 'x', ...job, firstSeen: 1, lastSeen: 4, isLatest: true }
const group = (parts: Partial<RunGroup>): RunGroup => ({
  ...{ asset: 'x', ...job, isExplicit: false, inputSets: ['of b'], firstSeen: 1, lastSeen: 1, lastRunId: 'r1' },
  ...{ runs: 1, failedRuns: 0, ...parts },
})
const inputsOf = (setId: string) => setId.split(' ').slice(1)
const evidence = (links: readonly DeclaredLink[], groups: readonly RunGroup[], choice: EdgeChoice) =>
  declaredEvidence(links, writerHistories(groups, choice), inputsOf, choice).map(({ evidence }) => evidence)

describe('evidence of declared edges', () => {
  it('is current by the latest declaration, and names no run', () => {
    expect(evidence([link], [], { kind: 'current' })).toEqual([
      { ...job, runId: '', assertion: 'declared', firstSeen: 1, lastSeen: 4, runs: 0, failedRuns: 0, current: true },
    ])
    expect(evidence([{ ...link, isLatest: false }], [], { kind: 'current' })).toEqual([])
    expect(evidence([{ ...link, isLatest: false }], [], { kind: 'ever' })).toMatchObject([{ current: false }])
  })

  it('counts failed runs with the same input, and stays current', () => {
    const failures = group({ inputSets: ['of a'], runs: 0, failedRuns: 2 })
    expect(evidence([link], [failures], { kind: 'current' })).toMatchObject([{ failedRuns: 2, current: true }])
  })

  it('is not current once a success of the job has written the asset', () => {
    expect(evidence([link], [group({})], { kind: 'current' })).toEqual([])
    expect(evidence([link], [group({})], { kind: 'ever' })).toMatchObject([{ current: false }])
    expect(evidence([link], [group({ jobName: 'other' })], { kind: 'current' })).toHaveLength(1)
  })

  it('is left out where a success asserts the same edge', () => {
    const former = group({ inputSets: ['of a'] })
    expect(evidence([link], [former, group({ lastSeen: 2 })], { kind: 'ever' })).toEqual([])
    expect(evidence([link], [former], { kind: 'seenSince', since: 3 })).toEqual([])
  })

  it('counts as seen at the latest declaration', () => {
    expect(evidence([link], [], { kind: 'seenSince', since: 4 })).toHaveLength(1)
    expect(evidence([link], [], { kind: 'seenSince', since: 5 })).toEqual([])
  })
})
