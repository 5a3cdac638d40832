import { createDecoder, eventSchemas } from '@headwater/schemas'
import { batchOf, buildMaterialization, recordsOf } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { createProjection } from '../src/projection.ts'
import type { RowSink } from '../src/tables/row-sink.ts'

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
  return createProjection(sink, decoder, async () => undefined)
}

const records = recordsOf([buildMaterialization({ inputs: ['s3://a'], outputs: ['s3://b'] })])

describe('storing a batch', () => {
  const named = 'asset_reads asset_sightings asset_writes input_sets'

  it('writes everything that the runs name, then the runs, then the positions', async () => {
    const calls: string[] = []
    const projection = projectionInto(calls)
    const batch = await projection.fold(batchOf(records))
    await projection.prepare(batch)
    await projection.publish(batch)
    expect(calls).toEqual([named, 'run_facts', 'folded_offsets'])
  })

  it('writes no position when writing the runs fails, and retries the runs', async () => {
    const calls: string[] = []
    const projection = projectionInto(calls, 'run_facts')
    const batch = await projection.fold(batchOf(records))
    await projection.prepare(batch)
    await expect(projection.publish(batch)).rejects.toThrow('run_facts cannot be written')
    await expect(projection.publish(batch)).rejects.toThrow()
    expect(calls).toEqual([named, 'run_facts', 'run_facts'])
  })
})
