import { createDecoder, eventSchemas } from '@headwater/schemas'
import { buildAssetEvent, buildCheckEvent, buildMaterialization, recordsOf } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import type { LogRecord } from '../src/batch.ts'
import { BatchFold } from '../src/batch-fold.ts'
import { foldBatch } from '../src/fold-batch.ts'
import { KnownValues } from '../src/known-values.ts'
import type { AssetFactRow, EdgeIndexRow, InputSetRow } from '../src/rows.ts'
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
function fold(records: readonly LogRecord[], known = new KnownValues()) {
  const rows: Record<string, unknown[]> = {}
  const collector = {
    add<Row>({ name }: Table<Row>, row: Row) {
      rows[name] = [...(rows[name] ?? []), row]
    },
  }
  return { ...foldBatch(records, decoder(), new BatchFold(known, collector)), rows }
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

  it('names every asset once, with the first and last time it was seen', () => {
    const event = (occurredAt: number) =>
      buildMaterialization({ occurredAt, inputs: ['s3://in'], outputs: [{ key: 's3://out', inputs: ['s3://own'] }] })
    const { assets } = fold(recordsOf([event(5), event(3), event(9)])).rows
    expect(assets).toEqual(['s3://in', 's3://out', 's3://own'].map((key) => ({ key, firstSeen: 3, lastSeen: 9 })))
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
    expect(rows['run_events']).toBeUndefined()
  })
})

describe('what is known from earlier batches', () => {
  const named = ['s3://a', 's3://b']
  const events = [buildMaterialization({ inputs: named, outputs: ['s3://x', { key: 's3://y', inputs: ['s3://a'] }] })]

  it('is not written again, but new edges of known input sets are', () => {
    const known = new KnownValues()
    const first = fold(recordsOf(events), known)
    first.fold.stored()
    expect(first.rows['input_sets']).toHaveLength(2)
    expect(first.rows['edge_index']).toHaveLength(5)

    const again = fold(recordsOf(events), known)
    expect(again.rows['input_sets']).toBeUndefined()
    const edges = again.rows['edge_index'] as EdgeIndexRow[]
    expect(edges.filter(({ downstream }) => downstream === 's3://x')).toEqual([])

    const other = fold(recordsOf([buildMaterialization({ ...events[0]?.event, job: 'other', inputs: named })]), known)
    expect(other.rows['input_sets']).toBeUndefined()
    const upstreams = (other.rows['edge_index'] as EdgeIndexRow[]).map(({ upstream, downstream }) => [
      upstream,
      downstream,
    ])
    expect(upstreams).toEqual([
      ['s3://a', 's3://x'],
      ['s3://b', 's3://x'],
      ['s3://a', 's3://y'],
      ['s3://b', 's3://y'],
      ['s3://a', 's3://y'],
    ])
  })
})
