import { describe, expect, it } from 'vitest'
import { currentEdges, type SuccessGroup } from '../src/current-edges.ts'

const sets: Record<string, readonly string[]> = { '1': ['a', 'b'], '2': ['b', 'c'], '3': ['c'] }
const inputsOf = (setId: string) => sets[setId] ?? []
const group = (parts: Partial<SuccessGroup>): SuccessGroup => ({
  asset: 'x',
  jobNamespace: 'n',
  jobName: 'j',
  isExplicit: false,
  inputSets: ['1'],
  firstSeen: 1,
  lastSeen: 1,
  runs: 1,
  lastRunId: 'r1',
  ...parts,
})

describe('current edges from groups of successes', () => {
  it('are those of the latest group, with evidence from the others', () => {
    const edges = currentEdges(
      [group({ runs: 3 }), group({ inputSets: ['2'], firstSeen: 5, lastSeen: 9, runs: 2, lastRunId: 'r9' })],
      inputsOf,
    )
    expect(edges.map(({ from, to, jobs: [job] }) => [from, to, job?.firstSeen, job?.lastSeen, job?.runs])).toEqual([
      ['b', 'x', 1, 9, 5],
      ['c', 'x', 5, 9, 2],
    ])
  })

  it('count a run once, however many of its sets name the input', () => {
    const [, c] = currentEdges([group({ inputSets: ['2', '3'], runs: 4 })], inputsOf)
    expect(c).toMatchObject({ from: 'c', jobs: [{ runs: 4 }] })
  })

  it('keep jobs apart, and name them in order', () => {
    const edges = currentEdges(
      [group({ jobName: 'z', inputSets: ['3'] }), group({ jobName: 'a', inputSets: ['3'], isExplicit: true })],
      inputsOf,
    )
    expect(edges).toMatchObject([
      {
        jobs: [
          { jobName: 'a', assertion: 'explicit' },
          { jobName: 'z', assertion: 'run' },
        ],
      },
    ])
  })

  it('of a latest run without inputs are none', () => {
    expect(currentEdges([group({}), group({ inputSets: [], lastSeen: 2 })], inputsOf)).toEqual([])
  })
})
