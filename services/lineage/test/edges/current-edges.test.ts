import { describe, expect, it } from 'vitest'
import { currentEdges, type RunGroup, writerHistories } from '../../src/edges/current-edges.ts'
import type { EdgeChoice } from '../../src/time/moment.ts'

const sets: Record<string, readonly string[]> = { '1': ['a', 'b'], '2': ['b', 'c'], '3': ['c'] }
const inputsOf = (setId: string) => sets[setId] ?? []
const group = (parts: Partial<RunGroup>): RunGroup => ({
  asset: 'x',
  jobNamespace: 'n',
  jobName: 'j',
  isExplicit: false,
  inputSets: ['1'],
  firstSeen: 1,
  lastSeen: 1,
  runs: 1,
  failedRuns: 0,
  lastRunId: 'r1',
  ...parts,
})

const edges = (groups: readonly RunGroup[], lookup: typeof inputsOf, choice: EdgeChoice = { kind: 'current' }) =>
  currentEdges(writerHistories(groups, choice), lookup)

describe('edges from groups of runs', () => {
  it('are those of the latest group, with evidence from all groups', () => {
    const found = edges(
      [group({ runs: 3 }), group({ inputSets: ['2'], firstSeen: 5, lastSeen: 9, runs: 2, lastRunId: 'r9' })],
      inputsOf,
    )
    expect(found.map(({ from, to, jobs: [job] }) => [from, to, job?.firstSeen, job?.lastSeen, job?.runs])).toEqual([
      ['b', 'x', 1, 9, 5],
      ['c', 'x', 5, 9, 2],
    ])
  })

  it('count a run once, however many of its sets name the input', () => {
    const [, c] = edges([group({ inputSets: ['2', '3'], runs: 4 })], inputsOf)
    expect(c).toMatchObject({ from: 'c', jobs: [{ runs: 4 }] })
  })

  it('have evidence for each job, sorted by job', () => {
    const found = edges(
      [group({ jobName: 'z', inputSets: ['3'] }), group({ jobName: 'a', inputSets: ['3'], isExplicit: true })],
      inputsOf,
    )
    expect(found).toMatchObject([
      {
        jobs: [
          { jobName: 'a', assertion: 'explicit' },
          { jobName: 'z', assertion: 'run' },
        ],
      },
    ])
  })

  it('are empty when the latest run has no inputs', () => {
    expect(edges([group({}), group({ inputSets: [], lastSeen: 2 })], inputsOf)).toEqual([])
  })

  it('are those of every group for ever, and of the late groups for seenSince, with the same evidence', () => {
    const groups = [
      group({ runs: 3 }),
      group({ inputSets: ['2'], firstSeen: 5, lastSeen: 9, runs: 2, lastRunId: 'r9' }),
    ]
    const seen = (choice: EdgeChoice) =>
      edges(groups, inputsOf, choice).map(({ from, jobs: [job] }) => [from, job?.lastSeen, job?.runs, job?.current])
    expect(seen({ kind: 'ever' })).toEqual([
      ['a', 1, 3, false],
      ['b', 9, 5, true],
      ['c', 9, 2, true],
    ])
    expect(seen({ kind: 'seenSince', since: 2 })).toEqual([
      ['b', 9, 5, true],
      ['c', 9, 2, true],
    ])
    expect(seen({ kind: 'seenSince', since: 10 })).toEqual([])
  })

  it('come from successes alone, and count the failures that would have asserted them', () => {
    const failures = group({ runs: 0, failedRuns: 4, lastSeen: 0, lastRunId: '' })
    expect(edges([failures], inputsOf)).toEqual([])
    expect(edges([failures], inputsOf, { kind: 'ever' })).toEqual([])
    const [a] = edges([failures, group({ runs: 2, isExplicit: true })], inputsOf)
    expect(a).toMatchObject({ from: 'a', jobs: [{ runs: 2, failedRuns: 4, assertion: 'explicit' }] })
  })
})
