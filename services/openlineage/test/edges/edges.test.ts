import { describe, expect, it } from 'vitest'
import { edgesOf } from '../../src/edges/edges.ts'

const output = (key: string, columns: string[] = [], explicit: string[] | null = null) => ({ key, columns, explicit })

describe('edgesOf', () => {
  it('gives outputs all inputs without better evidence', () => {
    expect(edgesOf(['a', 'b'], [output('x'), output('y')])).toEqual({
      inputs: ['a', 'b'],
      outputs: [
        { key: 'x', inputs: null },
        { key: 'y', inputs: null },
      ],
    })
  })

  it('adds the sources of column lineage to the inputs of the run, with one output', () => {
    expect(edgesOf(['a'], [output('x', ['b', 'a'])])).toEqual({
      inputs: ['a', 'b'],
      outputs: [{ key: 'x', inputs: null }],
    })
  })

  it('gives each of several outputs the sources of its columns and the inputs that no column lineage names', () => {
    expect(edgesOf(['a', 'b', 'lookup'], [output('x', ['a']), output('y', ['b', 'seed'])])).toEqual({
      inputs: ['a', 'b', 'lookup'],
      outputs: [
        { key: 'x', inputs: ['a', 'lookup'] },
        { key: 'y', inputs: ['b', 'seed', 'lookup'] },
      ],
    })
  })

  it('gives an output without column lineage all inputs, but no sources of the columns of another output', () => {
    expect(edgesOf(['a'], [output('x', ['a', 'seed']), output('y')])).toEqual({
      inputs: ['a'],
      outputs: [
        { key: 'x', inputs: ['a', 'seed'] },
        { key: 'y', inputs: null },
      ],
    })
  })

  it('prefers explicit lineage to column lineage, also for no upstream', () => {
    expect(edgesOf(['a'], [output('x', ['b'], [])])).toEqual({ inputs: ['a'], outputs: [{ key: 'x', inputs: [] }] })
    expect(edgesOf(['a', 'b'], [output('x', ['b'], ['a']), output('y', ['b'])]).outputs).toEqual([
      { key: 'x', inputs: ['a'] },
      { key: 'y', inputs: ['b', 'a'] },
    ])
  })

  it('falls back to all inputs for all outputs where own inputs would exceed the limit of an event', () => {
    const inputs = Array.from({ length: 2_000 }, (_, at) => `in${at}`)
    const outputs = Array.from({ length: 2_000 }, (_, at) => output(`out${at}`, [`seed${at}`]))
    const edges = edgesOf(inputs, outputs)
    expect(edges.inputs).toHaveLength(4_000)
    expect(edges.outputs.every((one) => one.inputs === null)).toBe(true)
  })
})
