import { describe, expect, it } from 'vitest'
import { causesOfChanges, changesByCause, type FactsOfChanges } from '../../src/edges/causes-of-changes.ts'
import type { CandidateEdge } from '../../src/edges/changed-edges.ts'

const job = { jobNamespace: 'n', jobName: 'j' }
const candidate = (fields: Partial<CandidateEdge>): CandidateEdge => ({
  ...{ from: 'a', to: 'x', ...job, runBefore: undefined, assertedBefore: false, assertedAfter: false },
  ...fields,
})
const none = new Map<string, number>()
const facts: FactsOfChanges = {
  drops: { before: none, after: none },
  restorations: [],
  runs: {
    ...{ successes: [], before: [], after: [] },
    reads: ({ inputSets }, asset) => inputSets.some((setId) => setId.includes(asset)),
  },
}
const success = (runId: string, ...inputSets: string[]) => ({ asset: 'x', ...job, runId, inputSets })
const causes = (added: readonly CandidateEdge[], removed: readonly CandidateEdge[], more: Partial<FactsOfChanges>) =>
  causesOfChanges(changesByCause({ added, removed }), { ...facts, ...more })

describe('the cause of a change', () => {
  it('is the run that asserted the edge, and the run that no longer does', () => {
    const successes = [success('r1', 'a'), success('r2', 'b')]
    const after = successes.map((run, index) => ({ ...run, state: 'SUCCEEDED' as const, at: index }))
    const gone = candidate({ from: 'a', runBefore: 'r1', assertedBefore: true })
    const come = candidate({ from: 'b', runBefore: 'r1', assertedAfter: true })
    const { added, removed } = causes([come], [gone], { runs: { ...facts.runs, successes, after } })
    expect(added).toMatchObject([{ from: 'b', cause: 'run', run: { runId: 'r2' }, at: 1 }])
    expect(removed).toMatchObject([{ from: 'a', cause: 'run', run: { runId: 'r2' }, at: 1 }])
  })

  it('is the later drop of its ends', () => {
    const kept = candidate({ assertedBefore: true, assertedAfter: true })
    const dropped = new Map([
      ['a', 3],
      ['x', 5],
    ])
    expect(causes([], [kept], { drops: { before: none, after: dropped } }).removed).toMatchObject([
      { cause: 'dropped', asset: 'x', at: 5, run: null },
    ])
  })

  it('is the later restoration of its dropped ends', () => {
    const kept = candidate({ assertedBefore: true, assertedAfter: true })
    const restored = (asset: string, at: number) => ({ ...success(`r${at}`), asset, at })
    const restorations = [restored('x', 9), restored('a', 7)]
    const drops = {
      before: new Map([
        ['a', 3],
        ['x', 5],
      ]),
      after: none,
    }
    expect(causes([kept], [], { drops, restorations }).added).toMatchObject([
      { cause: 'restored', asset: 'x', at: 9, run: { runId: 'r9' } },
    ])
  })

  it('is the declaration that a candidate names', () => {
    const declared = candidate({ assertedAfter: true, declaration: { cause: 'declared', at: 4 } })
    expect(causes([declared], [], {}).added).toMatchObject([{ cause: 'declared', at: 4, asset: null, run: null }])
  })
})
