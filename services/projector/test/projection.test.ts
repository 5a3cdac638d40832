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
    positions: async () => new Map(),
  }
  const decoder = createDecoder()
  decoder.learn(1, eventSchemas.MaterializationEvent)
  return createProjection(sink, decoder)
}

const records = recordsOf([buildMaterialization({ inputs: ['s3://a'], outputs: ['s3://b'] })])

describe('storing a batch', () => {
  it('writes the runs after all that they name, and positions last', async () => {
    const calls: string[] = []
    const projection = projectionInto(calls)
    await projection.store(projection.fold(records))
    expect(calls).toEqual(['asset_reads asset_sightings input_sets output_facts', 'run_facts', 'folded_offsets'])
  })

  it('writes no position when anything before it fails, and everything again after that', async () => {
    const calls: string[] = []
    const projection = projectionInto(calls, 'run_facts')
    const batch = projection.fold(records)
    await expect(projection.store(batch)).rejects.toThrow('run_facts cannot be written')
    await expect(projection.store(batch)).rejects.toThrow()
    expect(calls).toEqual(Array(2).fill(['asset_reads asset_sightings input_sets output_facts', 'run_facts']).flat())
  })
})
