import { createDecoder, eventSchemas } from '@headwater/schemas'
import { buildMaterialization, recordsOf } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { createProjection } from '../src/projection.ts'
import type { RowSink } from '../src/row-sink.ts'

function projectionInto(calls: string[], failing?: string) {
  const sink: RowSink = {
    async write(tables) {
      const names = tables.map(({ name }) => name).sort()
      calls.push(names.join(' '))
      if (failing !== undefined && names.includes(failing)) throw new Error(`${failing} cannot be written`)
    },
    async factsOfRepeatedRuns() {
      calls.push('read back')
      return []
    },
    inputSets: async () => new Map(),
    positions: async () => new Map(),
  }
  const decoder = createDecoder()
  decoder.learn(1, eventSchemas.MaterializationEvent)
  return createProjection(sink, decoder)
}

const records = recordsOf([buildMaterialization({ inputs: ['s3://a'], outputs: ['s3://b'] })])

describe('storing a batch', () => {
  it('writes input sets before events, events before reading runs back, and positions last', async () => {
    const calls: string[] = []
    const projection = projectionInto(calls)
    await projection.store(projection.fold(records))
    expect(calls).toEqual([
      'assets edge_index input_sets materializations runs',
      'run_events',
      'read back',
      'positions',
    ])
  })

  it('writes no position when anything before it fails, and everything again after that', async () => {
    const calls: string[] = []
    const projection = projectionInto(calls, 'run_events')
    await expect(projection.store(projection.fold(records))).rejects.toThrow('run_events cannot be written')
    await expect(projection.store(projection.fold(records))).rejects.toThrow()
    expect(calls).toEqual(Array(2).fill(['assets edge_index input_sets materializations runs', 'run_events']).flat())
  })
})
