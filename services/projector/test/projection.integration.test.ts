import type { LogRecord } from '@headwater/kafka'
import type { HeadwaterEvent } from '@headwater/schemas'
import {
  buildAssetEvent,
  buildCheckEvent,
  buildJobEvent,
  buildMaterialization,
  contentTables,
  createTestDatabase,
  noon,
  projectBatches,
  propertyRuns,
  propertyTimeoutMs,
  recordsOf,
  type TestDatabase,
  tableContents,
} from '@headwater/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

async function empty({ client, database }: TestDatabase): Promise<void> {
  for (const table of [...contentTables, 'folded_offsets'])
    await client.command({ query: `TRUNCATE TABLE \`${database}\`.${table}` })
}

const keys = ['s3://a', 's3://b', 's3://c', 's3://d']
const key = fc.constantFrom(...keys)
const minute = fc.integer({ min: 0, max: 9 }).map((minutes) => noon + minutes * 60_000)
const output = fc.record({
  key,
  inputs: fc.option(fc.uniqueArray(key, { maxLength: 2 })),
  properties: fc.option(
    fc.record({
      name: fc.constantFrom('x', 'y'),
      description: fc.constant(null),
      url: fc.constant(null),
      owners: fc.constant(null),
    }),
  ),
  metadata: fc.dictionary(fc.constantFrom('m', 'n', '__proto__'), fc.constantFrom('1', '"two"', 'not json'), {
    noNullPrototype: true,
  }),
  metrics: fc.dictionary(fc.constantFrom('rows', 'bytes'), fc.integer({ min: 0, max: 9 }), { noNullPrototype: true }),
  columnLineage: fc.array(
    fc.record({
      column: fc.constantFrom('id', ''),
      inputs: fc.array(
        fc.record({
          key,
          column: fc.constantFrom('id', 'n'),
          transformation: fc.option(fc.constantFrom('IDENTITY', 'FILTER')),
          kind: fc.option(fc.constantFrom('DIRECT', 'INDIRECT')),
          masking: fc.option(fc.boolean()),
          description: fc.constant(null),
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
})
const materialization = fc
  .record({
    eventId: fc.uuid(),
    runId: fc.constantFrom('r1', 'r2', 'r3', 'r4', 'r5', 'r6'),
    job: fc.constantFrom('extract', 'load'),
    occurredAt: minute,
    state: fc.constantFrom('UNKNOWN', 'STARTED', 'RUNNING', 'SUCCEEDED', 'ABORTED', 'FAILED' as const),
    startedAt: fc.option(minute),
    by: fc.option(fc.constantFrom('dbt', 'spark')),
    inputs: fc.uniqueArray(key, { maxLength: 3 }),
    outputs: fc.array(output, { maxLength: 2 }),
  })
  .map((parts): HeadwaterEvent => buildMaterialization(parts))
const owned = fc
  .record({
    eventId: fc.uuid(),
    key,
    occurredAt: minute,
    owners: fc.array(fc.constantFrom('ann', 'bob'), { maxLength: 2 }),
  })
  .map((parts): HeadwaterEvent => buildAssetEvent({ ...parts, change: 'OWNED' }))
const stated = fc
  .record({
    eventId: fc.uuid(),
    key,
    occurredAt: minute,
    description: fc.option(fc.constantFrom('a', 'b')),
    metadata: fc.dictionary(fc.constantFrom('m', '__proto__'), fc.constantFrom('1', 'no json'), {
      noNullPrototype: true,
    }),
    metrics: fc.dictionary(fc.constantFrom('rows'), fc.integer({ min: 0, max: 9 }), { noNullPrototype: true }),
    removed: fc.subarray(['tags', 'metadata:m']),
  })
  .map((parts): HeadwaterEvent => buildAssetEvent({ ...parts, change: 'STATED' }))
const aliased = fc
  .record({
    eventId: fc.uuid(),
    key,
    occurredAt: minute,
    alias: key,
    renamedTo: key,
    change: fc.constantFrom('ALIASED', 'UNALIASED', 'RENAMED' as const),
    aliasSource: fc.constantFrom('DECLARED', 'AUTHORITY', 'TABLE_SYMLINK', 'SYMLINK' as const),
  })
  .map((parts): HeadwaterEvent => buildAssetEvent(parts))
const declared = fc
  .record({
    eventId: fc.uuid(),
    job: fc.constantFrom('extract', 'load'),
    occurredAt: minute,
    owners: fc.option(fc.constant(['ann'])),
    lineage: fc.option(
      fc.array(fc.record({ output: key, inputs: fc.uniqueArray(key, { maxLength: 2 }) }), { maxLength: 2 }),
    ),
  })
  .map((parts): HeadwaterEvent => buildJobEvent(parts))
const checked = fc
  .record({ eventId: fc.uuid(), key, occurredAt: minute, status: fc.constantFrom('PASS', 'FAIL' as const) })
  .map(({ status, ...parts }): HeadwaterEvent => buildCheckEvent({ ...parts, check: { name: 'rows', status } }))
const event = fc.oneof(
  { weight: 6, arbitrary: materialization },
  { weight: 1, arbitrary: owned },
  { weight: 1, arbitrary: stated },
  { weight: 1, arbitrary: aliased },
  { weight: 1, arbitrary: declared },
  { weight: 1, arbitrary: checked },
)

/** The same events as several projectors may receive them: repeated, in any order, in any batches and partitions. */
const delivery = fc.array(event, { minLength: 1, maxLength: 60 }).chain((events) => {
  const records = recordsOf(events)
  const extra = fc.array(fc.constantFrom(...records), { maxLength: 20 })
  return fc.record({
    records: fc.constant(records),
    // A re-delivery was recorded later than the first.
    delivered: extra
      .map((again) => [...records, ...again.map((record) => ({ ...record, recordedAt: record.recordedAt + 500 }))])
      .chain((all) => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    size: fc.integer({ min: 4, max: 25 }),
    projectors: fc.integer({ min: 1, max: 2 }),
  })
})

function cut(records: readonly LogRecord[], size: number): LogRecord[][] {
  return Array.from({ length: Math.ceil(records.length / size) }, (_, index) =>
    records
      .slice(index * size, (index + 1) * size)
      .map((record, at) => ({ ...record, partition: index % 3, offset: index * 100 + at })),
  )
}

describe('folding into ClickHouse', () => {
  let target: TestDatabase
  beforeAll(async () => {
    target = await createTestDatabase()
  })
  afterAll(() => target.drop())

  it(
    'gives the same tables for any order, repetition, partitions and batches, and for several projectors at once',
    async () => {
      await fc.assert(
        fc.asyncProperty(delivery, async ({ records, delivered, size, projectors }) => {
          await empty(target)
          await projectBatches(target, [records])
          const expected = await tableContents(target)
          await empty(target)
          const batches = cut(delivered, size)
          const shares = Array.from({ length: projectors }, (_, index) =>
            batches.filter((_, at) => at % projectors === index),
          )
          await Promise.all(shares.map((share) => projectBatches(target, share)))
          expect(await tableContents(target)).toEqual(expected)
        }),
        { numRuns: propertyRuns(12) },
      )
    },
    propertyTimeoutMs,
  )

  it('keeps the earliest recorded_at of re-deliveries', async () => {
    await empty(target)
    const [record] = recordsOf([buildMaterialization({ outputs: ['s3://a'] })])
    const later = { ...record!, recordedAt: record!.recordedAt + 500 }
    for (const batch of [[later], [record!], [later]]) await projectBatches(target, [batch])
    const { run_facts: rows } = await tableContents(target)
    expect(rows?.map((row) => (JSON.parse(row) as { recorded_at: string }).recorded_at)).toEqual([
      new Date(noon).toISOString().replace('T', ' ').replace('Z', ''),
    ])
  })
})
