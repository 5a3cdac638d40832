import type { LogRecord } from '@headwater/kafka'
import { createDecoder, eventSchemas } from '@headwater/schemas'
import { batchOf, buildMaterialization, noon, recordsOf } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { CommonRows } from '../../src/fold/common/common-rows.ts'
import { foldBatch } from '../../src/fold/fold-batch.ts'
import type { AssetReadRow, InputSetRow, RunSets } from '../../src/tables/rows.ts'
import type { RowCollector } from '../../src/tables/table.ts'
import { ReadableRows } from './readable-rows.ts'

function decoder() {
  const made = createDecoder()
  made.learn(1, eventSchemas.MaterializationEvent)
  made.refuse(9, 'Schema id 9 is not in the registry')
  return made
}

/** Folds, and keeps the rows by table. */
async function fold(records: readonly LogRecord[], common = new CommonRows()) {
  const rows = new ReadableRows()
  const folded = await foldBatch(batchOf(records), { decoder: decoder(), learn: async () => undefined, common, rows })
  return { ...folded, rows: rows.tables }
}

type RunFact = RunSets & { readonly outputs: readonly string[]; readonly error: string; readonly recordedAt: number }

const withValue = (record: LogRecord, value: Buffer | null): LogRecord => ({ ...record, value })

describe('folding a batch', () => {
  it('folds both of two events with one eventId, so that a forged one does not replace another', async () => {
    const [eventId, runId] = ['01890f3c-5b1e-7c3a-8f00-000000000001', 'run']
    const real = buildMaterialization({ eventId, runId, outputs: ['s3://lake/a'] })
    const forged = buildMaterialization({ eventId, runId: 'other', outputs: ['s3://lake/b'] })
    for (const order of [
      [real, forged],
      [forged, real],
    ]) {
      const { rows } = await fold(recordsOf(order))
      const written = (rows['run_facts'] as unknown as readonly RunFact[]).flatMap(({ outputs }) => outputs)
      expect(written.toSorted()).toEqual(['s3://lake/a', 's3://lake/b'])
    }
  })

  it('folds the records around a poison record, and reports for each poison record what is wrong and where', async () => {
    const good = buildMaterialization({ outputs: ['s3://lake/a'] })
    const [a, b, c, d, e, f, g] = recordsOf([
      good,
      good,
      good,
      good,
      good,
      good,
      buildMaterialization({ outputs: ['s3://a b'] }),
    ])
    const unknownId = Buffer.concat([Buffer.from([0, 0, 0, 0, 9]), (b!.value as Buffer).subarray(5)])
    const folded = await fold([
      a!,
      withValue(b!, unknownId),
      withValue(c!, Buffer.from('not avro')),
      withValue(d!, (d!.value as Buffer).subarray(0, 40)),
      withValue(e!, null),
      withValue(f!, Buffer.concat([f!.value as Buffer, Buffer.from('x')])),
      g!,
    ])
    expect(folded.events).toBe(1)
    expect(folded.deadLetters.map(({ record, code }) => [record.offset, code])).toEqual([
      [1, 'UNKNOWN_SCHEMA'],
      [2, 'NOT_FRAMED'],
      [3, 'UNDECODABLE'],
      [4, 'EMPTY'],
      [5, 'UNDECODABLE'],
      [6, 'INVALID_EVENT'],
    ])
    expect(folded.deadLetters.at(-1)?.reason).toContain('a space at character 7')
  })

  it('learns a schema when the first record of it comes, and once', async () => {
    const asked: number[] = []
    const unlearned = createDecoder()
    const learn = async (schemaId: number) => {
      asked.push(schemaId)
      unlearned.learn(schemaId, eventSchemas.MaterializationEvent)
    }
    const records = recordsOf([buildMaterialization(), buildMaterialization()])
    const collector: RowCollector = { add: () => undefined }
    const folding = { decoder: unlearned, learn, common: new CommonRows(), rows: collector }
    expect((await foldBatch(batchOf(records), folding)).events).toBe(2)
    expect(asked).toEqual([1])
  })

  it('takes a record sent again as if it had come in time; the position keeps its own time', async () => {
    const [repeating, another] = [buildMaterialization({ outputs: ['s3://a'] }), buildMaterialization()]
    const [first, again, later] = recordsOf([repeating, repeating, another])
    const retry = { of: 'test.events:0:0', recordedAt: noon - 60_000 }
    const { rows, positions } = await fold([first!, { ...again!, retry }, { ...later!, retry }])
    const recorded = (rows['run_facts'] as unknown as RunFact[]).map(({ recordedAt }) => recordedAt)
    expect(recorded).toEqual([noon, noon - 60_000, noon - 60_000])
    expect(positions).toMatchObject([{ topic: 'test.events', partition: 0, offset: 2, recordedAt: noon + 2_000 }])
  })

  it('queries the registry again, once a batch, for the refused schema of retried records', async () => {
    const asked: number[] = []
    const made = decoder()
    made.refuse(1, 'Schema id 1 is not in the registry')
    const retry = { of: 'test.events:0:0', recordedAt: noon }
    const [a, b, c] = recordsOf([buildMaterialization(), buildMaterialization(), buildMaterialization()])
    const folding = { decoder: made, common: new CommonRows(), rows: { add: () => undefined } }
    const refusing = async (schemaId: number) => {
      asked.push(schemaId)
      made.refuse(schemaId, 'Schema id 1 is not in the registry')
    }
    const still = await foldBatch(batchOf([a!, { ...b!, retry }, { ...c!, retry }]), { ...folding, learn: refusing })
    expect([still.events, still.deadLetters.length, asked]).toEqual([0, 3, [1]])
    const registered = async (schemaId: number) => made.learn(schemaId, eventSchemas.MaterializationEvent)
    const folded = await foldBatch(batchOf([{ ...b!, retry }, c!]), { ...folding, learn: registered })
    expect([folded.events, folded.deadLetters]).toEqual([2, []])
  })

  it('moves the position past poison records', async () => {
    const records = recordsOf([buildMaterialization(), buildMaterialization()]).map((record) => withValue(record, null))
    expect((await fold(records)).positions).toMatchObject([{ partition: 0, offset: 1 }])
  })

  it('records what a run read and wrote, and which inputs each output states for itself', async () => {
    const { rows } = await fold(
      recordsOf([
        buildMaterialization({
          inputs: ['s3://in'],
          outputs: ['s3://out', { key: 's3://own', inputs: ['s3://a'] }, { key: 's3://none', inputs: [] }],
        }),
      ]),
    )
    const sets = new Map(
      (rows['input_sets'] as unknown as InputSetRow[]).map(({ setId, inputs }) => [setId, inputs.join()]),
    )
    const [run] = rows['run_facts'] as unknown as RunFact[]
    expect(run?.outputs).toEqual(['s3://out', 's3://own', 's3://none'])
    expect(sets.get(run!.inputSet!)).toBe('s3://in')
    expect(run?.ownSets.map((id) => id && sets.get(id))).toEqual([undefined, 's3://a', null])
  })

  it('folds texts and lists of any size', async () => {
    const error = 'x'.repeat(3 << 20)
    const inputs = Array.from({ length: 3_000 }, (_, index) => `s3://in/${index}`)
    const { rows, events } = await fold(recordsOf([buildMaterialization({ error, inputs, outputs: ['s3://out'] })]))
    const [run] = rows['run_facts'] as unknown as RunFact[]
    expect(events).toBe(1)
    expect(run?.outputs).toEqual(['s3://out'])
    expect(run?.error).toHaveLength(error.length)
    expect((rows['input_sets'] as unknown as InputSetRow[])[0]?.inputs).toHaveLength(inputs.length)
  })

  it('makes one output of two that an event gives one key', async () => {
    const entry = (name: string) => Object.defineProperty({}, '__proto__', { value: name, enumerable: true })
    const { rows } = await fold(
      recordsOf([
        buildMaterialization({
          outputs: [
            { key: 's3://out', inputs: ['s3://a'], metadata: entry('1') },
            { key: 's3://out', metrics: { rows: 1 } },
            { key: 's3://out', inputs: ['s3://b'], metadata: entry('2'), metrics: { rows: 2 } },
          ],
        }),
      ]),
    )
    expect(rows['input_sets']).toMatchObject([{ inputs: ['s3://a', 's3://b'] }])
    expect(rows['run_facts']).toMatchObject([
      { outputs: ['s3://out'], metrics: [['rows', 2]], outputMetadata: ['{"__proto__":2}'] },
    ])
  })

  it('gives a set of inputs the same id whatever their order and repetition', async () => {
    const records = recordsOf([
      buildMaterialization({ inputs: ['s3://a', 's3://b'] }),
      buildMaterialization({ inputs: ['s3://b', 's3://a', 's3://b'] }),
    ])
    const folded = await fold(records)
    const [row, ...others] = folded.rows['input_sets'] as unknown as InputSetRow[]
    expect(row?.inputs).toEqual(['s3://a', 's3://b'])
    expect(others).toEqual([])
  })
})

describe('what is known from earlier batches', () => {
  const named = ['s3://a', 's3://b']
  const events = [buildMaterialization({ inputs: named, outputs: ['s3://x', { key: 's3://y', inputs: ['s3://a'] }] })]

  it('is not written again, but another job that reads a known input set is', async () => {
    const common = new CommonRows()
    const first = (await fold(recordsOf(events), common)).rows
    expect(first['input_sets']).toHaveLength(2)
    expect(first['asset_reads']).toHaveLength(3)
    expect(first['asset_writes']).toHaveLength(2)
    expect(first['asset_sightings']).toHaveLength(4)

    const again = (await fold(recordsOf(events), common)).rows
    expect(Object.keys(again)).toEqual(['run_facts'])
    expect(again['run_facts']).toEqual(first['run_facts'])

    const other = [buildMaterialization({ job: 'other', inputs: named })]
    const reads = (await fold(recordsOf(other), common)).rows
    expect(reads['input_sets']).toBeUndefined()
    expect((reads['asset_reads'] as unknown as AssetReadRow[]).map(({ asset, jobName }) => [asset, jobName])).toEqual([
      ['s3://a', 'other'],
      ['s3://b', 'other'],
    ])
    expect(Object.keys((await fold(recordsOf([...events, ...other]), common)).rows)).toEqual(['run_facts'])
  })

  it('is written again of an asset that is seen earlier than ever, or on a later day', async () => {
    const common = new CommonRows()
    const seen = async (occurredAt: number) => {
      const event = buildMaterialization({ occurredAt, inputs: named, outputs: ['s3://x'] })
      return (await fold(recordsOf([event]), common)).rows['asset_sightings']?.length ?? 0
    }
    const day = 86_400_000
    const counts: number[] = []
    for (const at of [noon, noon + 5, noon - 5, noon, noon + day, noon + 3, noon + day + 9]) counts.push(await seen(at))
    expect(counts).toEqual([3, 0, 3, 0, 3, 0, 0])
  })
})
