import type { CheckResult, Column, ColumnLineage, HeadwaterEvent, OutputAsset, RunReference } from '@headwater/schemas'
import { buildAssetEvent, buildCheckEvent, buildJobEvent, buildMaterialization, noon } from '@headwater/testing'
import fc from 'fast-check'

export const anyKey = fc.constantFrom(
  'postgres://shop/db/public/orders',
  'postgres://shop/db/public/customers',
  's3://lake/raw/orders',
  's3://lake',
  'bigquery://project/dataset/table',
  'kafka://broker/orders',
  'file:///data/orders.csv',
  'dashboard://bi/sales',
)
const keys = fc.uniqueArray(anyKey, { maxLength: 4 })
const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const name = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }),
  fc.constantFrom('__proto__', 'id', 'constructor'),
)
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const time = fc.integer({ min: noon, max: noon + 86_400_000 })
const named = <T>(value: fc.Arbitrary<T>) => fc.dictionary(name, value, { maxKeys: 3 })
const metadata = named(fc.oneof(fc.json({ maxDepth: 2 }), text))
const metrics = fc.dictionary(
  fc.constantFrom('rows', 'bytes', 'files', 'cost'),
  fc.double().map((value) => value + 0),
) // JSON has no -0
const texts = fc.array(text, { maxLength: 3 })
const column: fc.Arbitrary<Column> = fc.record({ name, type: orNull(text), description: orNull(text) })
const schema = fc.uniqueArray(column, { maxLength: 3, selector: (each) => each.name })
const properties = fc.record({
  name: orNull(text),
  description: orNull(text),
  url: orNull(text),
  owners: orNull(texts),
})
const check: fc.Arbitrary<CheckResult> = fc.record({
  name,
  column: orNull(name),
  severity: fc.constantFrom('ERROR', 'WARN'),
  status: fc.constantFrom('UNKNOWN', 'PASS', 'WARN', 'FAIL', 'ERROR', 'SKIPPED'),
  expected: orNull(text),
  actual: orNull(text),
  message: orNull(text),
})
const columnInput = fc.record({
  key: anyKey,
  column: name,
  transformation: orNull(fc.constantFrom('IDENTITY', 'AGGREGATION')),
  kind: orNull(fc.constantFrom('DIRECT', 'INDIRECT')),
  masking: orNull(fc.boolean()),
  description: orNull(text),
})
const columnLineage: fc.Arbitrary<ColumnLineage[]> = fc.uniqueArray(
  fc.record({ column: fc.oneof(name, fc.constant('')), inputs: fc.array(columnInput, { minLength: 1, maxLength: 2 }) }),
  { maxLength: 3, selector: (each) => each.column },
)
const output: fc.Arbitrary<OutputAsset> = fc.record({
  key: anyKey,
  inputs: orNull(keys),
  properties: orNull(properties),
  metadata,
  metrics,
  schema: orNull(schema),
  columnLineage,
  checks: fc.array(check, { maxLength: 2 }),
})
const runId = fc.oneof(fc.uuid(), fc.constantFrom('scheduled__2026-01-15', 'run 7'))
const reference: fc.Arbitrary<RunReference> = fc.record({ jobNamespace: name, jobName: name, runId })
const job = fc.record({ namespace: name, name, type: orNull(fc.constantFrom('task', 'model')) })
const producer = fc.constantFrom('headwater-producer/0.1.0', 'https://github.com/a/b', 'my tool: 7 %')

export const anyMaterialization = fc
  .record({
    occurredAt: time,
    producer,
    runId,
    job,
    state: fc.constantFrom('UNKNOWN', 'STARTED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'ABORTED'),
    startedAt: orNull(fc.constant(noon - 1_000)),
    nominalStart: orNull(time),
    nominalEnd: orNull(time),
    parent: orNull(reference),
    root: orNull(reference),
    by: orNull(fc.constantFrom('dbt', 'spark')),
    error: orNull(text),
    inputs: fc.uniqueArray(fc.record({ key: anyKey, properties: orNull(properties) }), {
      maxLength: 4,
      selector: ({ key }) => key,
    }),
    outputs: fc.uniqueArray(output, { maxLength: 3, selector: ({ key }) => key }),
    metadata,
  })
  .map(buildMaterialization)

const freshness = fc.record({
  kind: fc.constantFrom('NONE', 'MAX_AGE', 'CRON'),
  warnAfterMs: orNull(fc.nat()),
  errorAfterMs: orNull(fc.nat()),
  cron: orNull(fc.constant('0 6 * * *')),
  timeZone: orNull(fc.constant('Europe/Berlin')),
  graceMs: orNull(fc.nat()),
})

const anyAssetEvent = fc
  .record({
    key: anyKey,
    occurredAt: time,
    producer,
    change: fc.constantFrom(
      'DESCRIBED',
      'OWNED',
      'TAGGED',
      'ALIASED',
      'UNALIASED',
      'RENAMED',
      'DROPPED',
      'POLICY_SET',
      'STATED',
    ),
    properties: orNull(properties),
    owners: orNull(texts),
    tags: orNull(texts),
    alias: anyKey,
    renamedTo: anyKey,
    policy: orNull(freshness),
    description: orNull(text),
    schema: orNull(schema),
    metadata,
    metrics,
    removed: fc.subarray(['description', 'owners', 'tags', 'schema', 'metadata:x']),
    aliasSource: fc.constantFrom('DECLARED', 'AUTHORITY', 'TABLE_SYMLINK', 'SYMLINK'),
  })
  .map(buildAssetEvent)

const anyCheckEvent = fc
  .record({
    key: anyKey,
    occurredAt: time,
    producer,
    runId: orNull(runId),
    check,
    jobNamespace: orNull(name),
    jobName: orNull(name),
  })
  .map(buildCheckEvent)

export const anyJobEvent = fc
  .record({
    job,
    occurredAt: time,
    producer,
    description: orNull(text),
    owners: orNull(texts),
    tags: orNull(texts),
    metadata,
    removed: fc.subarray(['description', 'owners', 'tags', 'metadata:x']),
    lineage: orNull(
      fc.uniqueArray(fc.record({ output: anyKey, inputs: keys }), { maxLength: 3, selector: ({ output }) => output }),
    ),
  })
  .map(buildJobEvent)

export const anyEvent: fc.Arbitrary<HeadwaterEvent> = fc.oneof(
  anyMaterialization,
  anyAssetEvent,
  anyCheckEvent,
  anyJobEvent,
)
