import { describe, expect, it } from 'vitest'
import { edgesOf } from '../../src/edges/edges.ts'

const output = (key: string, columns: string[] = [], explicit: string[] | null = null) => ({ key, columns, explicit })

describe('edgesOf', () => {
  it('makes outputs of all inputs when nothing better is known', () => {
    expect(edgesOf(['a', 'b'], [output('x'), output('y')])).toEqual({
      inputs: ['a', 'b'],
      outputs: [
        { key: 'x', inputs: null },
        { key: 'y', inputs: null },
      ],
    })
  })

  it('takes what column lineage names for inputs of the run when it has one output', () => {
    expect(edgesOf(['a'], [output('x', ['b', 'a'])])).toEqual({
      inputs: ['a', 'b'],
      outputs: [{ key: 'x', inputs: null }],
    })
  })

  it('gives each of several outputs what its columns name and the inputs that no columns name', () => {
    expect(edgesOf(['a', 'b', 'lookup'], [output('x', ['a']), output('y', ['b', 'seed'])])).toEqual({
      inputs: ['a', 'b', 'lookup'],
      outputs: [
        { key: 'x', inputs: ['a', 'lookup'] },
        { key: 'y', inputs: ['b', 'seed', 'lookup'] },
      ],
    })
  })

  it('leaves an output without column lineage all inputs, but none that only columns of another name', () => {
    expect(edgesOf(['a'], [output('x', ['a', 'seed']), output('y')])).toEqual({
      inputs: ['a'],
      outputs: [
        { key: 'x', inputs: ['a', 'seed'] },
        { key: 'y', inputs: null },
      ],
    })
  })

  it('believes explicit lineage before columns, no upstream included', () => {
    expect(edgesOf(['a'], [output('x', ['b'], [])])).toEqual({ inputs: ['a'], outputs: [{ key: 'x', inputs: [] }] })
    expect(edgesOf(['a', 'b'], [output('x', ['b'], ['a']), output('y', ['b'])]).outputs).toEqual([
      { key: 'x', inputs: ['a'] },
      { key: 'y', inputs: ['b', 'a'] },
    ])
  })

  it('falls back to all inputs for all outputs before their own would be more than an event can hold', () => {
    const inputs = Array.from({ length: 2_000 }, (_, at) => `in${at}`)
    const outputs = Array.from({ length: 2_000 }, (_, at) => output(`out${at}`, [`seed${at}`]))
    const edges = edgesOf(inputs, outputs)
    expect(edges.inputs).toHaveLength(4_000)
    expect(edges.outputs.every((one) => one.inputs === null)).toBe(true)
  })
})
