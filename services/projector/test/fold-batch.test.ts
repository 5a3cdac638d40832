import { createDecoder, eventSchemas } from '@headwater/schemas'
import { buildAssetEvent, buildCheckEvent, buildMaterialization, noon, recordsOf } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import type { LogRecord } from '../src/batch.ts'
import { CommonRows } from '../src/common-rows.ts'
import { foldBatch } from '../src/fold-batch.ts'
import type { AssetFactRow, AssetReadRow, InputSetRow, OutputFactRow, RunFactRow } from '../src/rows.ts'
import type { Table } from '../src/table.ts'

function decoder() {
  const made = createDecoder()
  made.learn(1, eventSchemas.MaterializationEvent)
  made.learn(2, eventSchemas.AssetEvent)
  made.learn(3, eventSchemas.CheckEvent)
  made.refuse(9, 'Schema id 9 is not in the registry')
  return made
}

/** Folds, and keeps the rows by table as they were given. */
function fold(records: readonly LogRecord[], common = new CommonRows()) {
  const rows: Record<string, unknown[]> = {}
  const collector = {
    add<Row>({ name }: Table<Row>, row: Row) {
      rows[name] = [...(rows[name] ?? []), row]
    },
  }
  return { ...foldBatch(records, decoder(), common, collector), rows }
}

const withValue = (record: LogRecord, value: Buffer | null): LogRecord => ({ ...record, value })

describe('folding a batch', () => {
  it('folds what is around a poison record, and says of each what is wrong and where', () => {
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
    const folded = fold([
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

  it('moves the position past poison records', () => {
    const records = recordsOf([buildMaterialization(), buildMaterialization()]).map((record) => withValue(record, null))
    expect(fold(records).positions).toMatchObject([{ partition: 0, offset: 1 }])
  })

  it('says of each output what the event says of it, and of the run what it read and wrote', () => {
    const { rows } = fold(
      recordsOf([
        buildMaterialization({
          inputs: ['s3://in'],
          outputs: [
            { key: 's3://out', metrics: { rows: 2 } },
            { key: 's3://own', inputs: ['s3://a'] },
            { key: 's3://none', inputs: [] },
          ],
        }),
      ]),
    )
    const sets = new Map((rows['input_sets'] as InputSetRow[]).map(({ setId, inputs }) => [setId, inputs.join()]))
    const [run] = rows['run_facts'] as RunFactRow[]
    expect(run?.outputs).toEqual(['s3://out', 's3://own', 's3://none'])
    expect(sets.get(run!.inputSet!)).toBe('s3://in')
    expect(run?.ownSets.map((id) => sets.get(id))).toEqual(['s3://a'])
    const outputs = rows['output_facts'] as OutputFactRow[]
    expect(outputs.map(({ asset, ownSet, metrics }) => [asset, ownSet && sets.get(ownSet), metrics])).toEqual([
      ['s3://out', undefined, { rows: 2 }],
      ['s3://own', 's3://a', {}],
      ['s3://none', null, {}],
    ])
  })

  it('makes one output of two that an event gives one key', () => {
    const entry = (name: string) => Object.defineProperty({}, '__proto__', { value: name, enumerable: true })
    const { rows } = fold(
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
    const [output, ...others] = rows['output_facts'] as OutputFactRow[]
    expect(others).toEqual([])
    expect(output?.metrics).toEqual({ rows: 2 })
    expect(Object.entries(output!.metadata)).toEqual([['__proto__', '2']])
  })

  it('gives a set of inputs the same id whatever their order and repetition', () => {
    const records = recordsOf([
      buildMaterialization({ inputs: ['s3://a', 's3://b'] }),
      buildMaterialization({ inputs: ['s3://b', 's3://a', 's3://b'] }),
    ])
    const folded = fold(records)
    const [row, ...others] = folded.rows['input_sets'] as InputSetRow[]
    expect(row?.inputs).toEqual(['s3://a', 's3://b'])
    expect(others).toEqual([])
  })

  it('keeps what is said of assets, and check results, apart from runs', () => {
    const { rows } = fold(
      recordsOf([
        buildAssetEvent({ key: 's3://a', change: 'OWNED', owners: ['ann'] }),
        buildAssetEvent({ key: 's3://a', change: 'ALIASED', alias: 's3://b' }),
        buildAssetEvent({ key: 's3://a', change: 'DROPPED' }),
        buildCheckEvent({ key: 's3://a', check: { name: 'rows', status: 'FAIL' } }),
      ]),
    )
    const facts = rows['asset_facts'] as AssetFactRow[]
    expect(facts.map(({ facet, subject, value }) => [facet, subject, value])).toEqual([
      ['owners', '', '["ann"]'],
      ['alias', 's3://b', 'true'],
      ['dropped', '', 'true'],
    ])
    expect(rows['checks']).toMatchObject([{ asset: 's3://a', check: { name: 'rows', status: 'FAIL' } }])
    expect(rows['run_facts']).toBeUndefined()
  })
})

describe('what is known from earlier batches', () => {
  const named = ['s3://a', 's3://b']
  const events = [buildMaterialization({ inputs: named, outputs: ['s3://x', { key: 's3://y', inputs: ['s3://a'] }] })]

  it('is not written again, but another job that reads a known input set is', () => {
    const common = new CommonRows()
    const first = fold(recordsOf(events), common).rows
    expect(first['input_sets']).toHaveLength(2)
    expect(first['asset_reads']).toHaveLength(3)
    expect(first['asset_sightings']).toHaveLength(4)

    const again = fold(recordsOf(events), common).rows
    expect(Object.keys(again).sort()).toEqual(['output_facts', 'run_facts'])

    const other = [buildMaterialization({ job: 'other', inputs: named })]
    const reads = fold(recordsOf(other), common).rows
    expect(reads['input_sets']).toBeUndefined()
    expect((reads['asset_reads'] as AssetReadRow[]).map(({ asset, jobName }) => [asset, jobName])).toEqual([
      ['s3://a', 'other'],
      ['s3://b', 'other'],
    ])
    expect(Object.keys(fold(recordsOf([...events, ...other]), common).rows).sort()).toEqual([
      'output_facts',
      'run_facts',
    ])
  })

  it('is written again of an asset that is seen earlier than ever, or on a later day', () => {
    const common = new CommonRows()
    const seen = (occurredAt: number) =>
      fold(recordsOf([buildMaterialization({ occurredAt, inputs: named, outputs: ['s3://x'] })]), common).rows[
        'asset_sightings'
      ]?.length ?? 0
    const day = 86_400_000
    expect([noon, noon + 5, noon - 5, noon, noon + day, noon + 3, noon + day + 9].map(seen)).toEqual([
      3, 0, 3, 0, 3, 0, 0,
    ])
  })
})
