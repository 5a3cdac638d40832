import { createDecoder, eventSchemas, eventTypes, type HeadwaterEvent } from '@headwater/schemas'
import {
  batchOf,
  buildAssetEvent,
  buildCheckEvent,
  buildJobEvent,
  buildMaterialization,
  noon,
  recordsOf,
  schemaIds,
} from '@headwater/testing/events'
import { expect, it } from 'vitest'
import { CommonRows } from '../../src/fold/common/common-rows.ts'
import { foldBatch } from '../../src/fold/fold-batch.ts'
import type { RunSets } from '../../src/tables/rows.ts'
import { ReadableRows } from './readable-rows.ts'

/** The rows that the events give, by table. */
async function rowsOf(...events: readonly HeadwaterEvent[]): Promise<ReadableRows['tables']> {
  const decoder = createDecoder()
  for (const type of eventTypes) decoder.learn(schemaIds[type], eventSchemas[type])
  const rows = new ReadableRows()
  const learn = () => Promise.resolve()
  const { deadLetters } = await foldBatch(batchOf(recordsOf(events)), {
    ...{ decoder, learn, common: new CommonRows(), rows },
  })
  expect(deadLetters).toEqual([])
  return rows.tables
}

const facts = (rows: ReadableRows['tables']) =>
  rows['asset_facts']?.map((row) => [row['facet'], row['subject'], row['value']])

it('writes facts of assets and check results apart from runs', async () => {
  const rows = await rowsOf(
    buildAssetEvent({ key: 's3://a', change: 'OWNED', owners: ['ann'] }),
    buildAssetEvent({ key: 's3://a', change: 'DROPPED' }),
    buildCheckEvent({ key: 's3://a', jobName: 'test', check: { name: 'rows', status: 'FAIL' } }),
  )
  expect(facts(rows)).toEqual([
    ['owners', '', '["ann"]'],
    ['dropped', '', 'true'],
  ])
  expect(rows['checks']).toMatchObject([{ asset: 's3://a', check: { name: 'rows', status: 'FAIL' } }])
  expect(rows['checks']).toMatchObject([{ run: { jobName: 'test', jobNamespace: '' } }])
  expect(rows['run_facts']).toBeUndefined()
})

it('writes one fact per facet that an event states about an asset or removes', async () => {
  const rows = await rowsOf(
    buildAssetEvent({
      ...{ key: 's3://a', change: 'STATED', description: 'A', schema: [], metrics: { rows: 3 } },
      ...{ metadata: { storage: '{"format":"parquet"}', note: 'no JSON' }, removed: ['tags', 'metadata:old:name'] },
    }),
  )
  expect(facts(rows)).toEqual([
    ['description', '', '"A"'],
    ['schema', '', '[]'],
    ['metadata', 'note', '"no JSON"'],
    ['metadata', 'storage', '{"format":"parquet"}'],
    ['tags', '', 'null'],
    ['metadata', 'old:name', 'null'],
    ['metric', 'rows', '3'],
  ])
})

it('writes the source of an alias, and when it was added or removed', async () => {
  const rows = await rowsOf(
    buildAssetEvent({ key: 's3://a', change: 'ALIASED', alias: 's3://b' }),
    buildAssetEvent({ key: 's3://a', change: 'UNALIASED', alias: 's3://b' }),
    buildAssetEvent({ key: 's3://a', change: 'ALIASED', alias: 'hive://h/d/a', aliasSource: 'TABLE_SYMLINK' }),
    buildAssetEvent({ key: 's3://old', change: 'RENAMED', renamedTo: 's3://a' }),
  )
  expect(rows['asset_aliases']).toEqual([
    { asset: 's3://a', alias: 's3://b', source: 'declared', aliasedAt: noon, unaliasedAt: 0 },
    { asset: 's3://a', alias: 's3://b', source: 'declared', aliasedAt: 0, unaliasedAt: noon },
    { asset: 's3://a', alias: 'hive://h/d/a', source: 'table_symlink', aliasedAt: noon, unaliasedAt: 0 },
    { asset: 's3://a', alias: 's3://old', source: 'renamed', aliasedAt: noon, unaliasedAt: 0 },
  ])
  expect(facts(rows)).toEqual([['renamed', '', '"s3://a"']])
})

it('writes which key the platform treats as equal but for case', async () => {
  const rows = await rowsOf(buildMaterialization({ outputs: ['snowflake://org/db/s/t', 'snowflake://org/DB/S/U'] }))
  const [asset, alias] = ['snowflake://org/DB/S/T', 'snowflake://org/db/s/t']
  expect(rows['asset_aliases']).toEqual([{ asset, alias, source: 'case', aliasedAt: 1, unaliasedAt: 0 }])
})

it('does not write a key prefix as an asset', async () => {
  const authority = { key: 'postgres://main', alias: 'postgres://10.0.0.5', aliasSource: 'AUTHORITY' } as const
  const rows = await rowsOf(buildAssetEvent({ ...authority, change: 'ALIASED' }))
  expect(rows['asset_sightings']).toBeUndefined()
  expect(rows['asset_aliases']).toMatchObject([{ asset: 'postgres://main', source: 'authority' }])
})

it('writes facts of jobs, and which assets their declared lineage reads and writes', async () => {
  const rows = await rowsOf(
    buildJobEvent({ job: 'load', owners: ['ann'], lineage: [{ output: 's3://out', inputs: ['s3://in'] }] }),
  )
  const facts = rows['job_facts']?.map((row) => [row['jobName'], row['facet'], row['value']])
  expect(facts).toEqual([
    ['load', 'owners', '["ann"]'],
    ['load', 'lineage', '[{"output":"s3://out","inputs":["s3://in"]}]'],
  ])
  expect(rows['asset_writes']).toMatchObject([{ asset: 's3://out', jobName: 'load' }])
  expect(rows['asset_reads']).toMatchObject([{ asset: 's3://in', jobName: 'load' }])
  expect(rows['asset_sightings']).toHaveLength(2)
})

it('stores equal column lineage once, whatever its order', async () => {
  const input = (column: string) => ({
    ...{ key: 's3://in', column, transformation: null, kind: 'DIRECT', masking: true, description: null },
  })
  const output = (...columns: readonly string[]) => ({
    ...{ key: 's3://out', columnLineage: [{ column: 'id', inputs: columns.map(input) }] },
  })
  const rows = await rowsOf(
    buildMaterialization({ outputs: [output('a', 'b'), 's3://plain'] }),
    buildMaterialization({ outputs: [output('b', 'a', 'b')] }),
  )
  const link = { column: 'id', input: 's3://in', transformation: '', kind: 'DIRECT', isMasking: true, description: '' }
  expect(rows['column_sets']).toMatchObject([
    {
      links: [
        { ...link, inputColumn: 'a' },
        { ...link, inputColumn: 'b' },
      ],
    },
  ])
  expect(rows['column_reads']).toHaveLength(1)
  const [first, second] = rows['run_facts'] as unknown as RunSets[]
  expect(first?.columnSets).toEqual([second?.columnSets[0], undefined])
})
