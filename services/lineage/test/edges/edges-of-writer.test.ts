import { describe, expect, it } from 'vitest'
import { type ChangedWriter, type DeclaredChange, edgesOfWriter } from '../../src/edges/edges-of-writer.ts'

const job = { jobNamespace: 'n', jobName: 'j' }
const withoutRuns: ChangedWriter = { asset: 'x', ...job, runBefore: '', runAfter: '', setsBefore: [], setsAfter: [] }
const link = (from: string, isDeclaredBefore: boolean, isDeclaredAfter: boolean): DeclaredChange => ({
  ...{ from, to: 'x', ...job, isDeclaredBefore, isDeclaredAfter, cameAt: 15, wentAt: 16 },
})
const inputsOf = (setId: string) => setId.split('')
const edges = (writer: Partial<ChangedWriter>, declared: readonly DeclaredChange[] = []) =>
  edgesOfWriter({ ...withoutRuns, ...writer }, declared, inputsOf, 10).map((edge) => [
    ...[edge.from, edge.assertedBefore, edge.assertedAfter, edge.declaration],
  ])

describe('edges of a writer at two moments', () => {
  it('are the inputs of its latest successes', () => {
    expect(edges({ runBefore: 'r1', setsBefore: ['ab'], runAfter: 'r2', setsAfter: ['bc'] })).toEqual([
      ['a', true, false, undefined],
      ['b', true, true, undefined],
      ['c', false, true, undefined],
    ])
  })

  it('are its declarations while it has no success, with the declaration as cause', () => {
    expect(edges({}, [link('a', true, false), link('b', false, true)])).toEqual([
      ['a', true, false, { cause: 'undeclared', at: 16 }],
      ['b', false, true, { cause: 'declared', at: 15 }],
    ])
  })

  it('are its inputs once it has a success, which replaces all declarations', () => {
    expect(edges({ runAfter: 'r', setsAfter: ['b'] }, [link('a', true, true)])).toEqual([
      ['a', true, false, undefined],
      ['b', false, true, undefined],
    ])
  })

  it('are caused by the run that is no longer a success, where the declaration is older than the earlier moment', () => {
    const [edge] = edges({ runBefore: 'r', setsBefore: [] }, [{ ...link('a', true, true), cameAt: 5 }])
    expect(edge).toEqual(['a', false, true, undefined])
  })
})
