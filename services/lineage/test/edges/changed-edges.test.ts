import { describe, expect, it } from 'vitest'
import { type CandidateEdge, candidatesOf, changedEdges } from '../../src/edges/changed-edges.ts'
import type { Edge, EdgeEvidence } from '../../src/graph/lineage-answer.ts'

const job = { jobNamespace: 'n', jobName: 'j' }
const edge = (from: string, runId: string): Edge => ({
  ...{ from, to: 'x' },
  jobs: [{ ...job, runId, assertion: runId === '' ? 'declared' : 'run' } as EdgeEvidence],
})

describe('candidates of two moments', () => {
  it('are the edges of either moment, with the earlier run', () => {
    expect(candidatesOf([edge('a', 'r1'), edge('b', '')], [edge('a', 'r2'), edge('c', 'r2')])).toEqual([
      { from: 'a', to: 'x', ...job, runBefore: 'r1', assertedBefore: true, assertedAfter: true },
      { from: 'b', to: 'x', ...job, runBefore: undefined, assertedBefore: true, assertedAfter: false },
      { from: 'c', to: 'x', ...job, runBefore: undefined, assertedBefore: false, assertedAfter: true },
    ])
  })
})

describe('changed edges', () => {
  const candidate = (from: string, assertedBefore: boolean, assertedAfter: boolean): CandidateEdge => ({
    ...{ from, to: 'x', ...job, runBefore: 'r', assertedBefore, assertedAfter },
  })
  const none = new Map<string, number>()

  it('are asserted at only one of the moments', () => {
    const [gone, kept, come] = [candidate('a', true, false), candidate('b', true, true), candidate('c', false, true)]
    expect(changedEdges([gone, kept, come], { before: none, after: none })).toEqual({ added: [come], removed: [gone] })
  })

  it('are asserted at both, and have an end that is dropped at only one of them', () => {
    const kept = candidate('a', true, true)
    const dropped = new Map([['x', 1]])
    expect(changedEdges([kept], { before: none, after: dropped })).toEqual({ added: [], removed: [kept] })
    expect(changedEdges([kept], { before: dropped, after: none })).toEqual({ added: [kept], removed: [] })
    expect(changedEdges([kept], { before: dropped, after: dropped })).toEqual({ added: [], removed: [] })
  })
})
