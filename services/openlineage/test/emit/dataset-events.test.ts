import { buildAssetEvent, buildCheckEvent, buildJobEvent } from '@headwater/testing'
import { expect, test } from 'vitest'
import { toOpenLineage } from '../../src/index.ts'

const key = 'postgres://shop/db/public/orders'
const dataset = { namespace: 'postgres://shop:5432', name: 'db.public.orders' }
const properties = { name: 'Orders', description: 'All *orders*', url: 'https://bi/orders', owners: ['team:sales'] }

test.each([
  [
    { change: 'DESCRIBED', properties },
    {
      documentation: { description: 'All *orders*', contentType: 'text/markdown' },
      ownership: { owners: [{ name: 'team:sales' }] },
      headwater_asset: { name: 'Orders', url: 'https://bi/orders' },
    },
  ],
  [{ change: 'OWNED', owners: [] }, { ownership: { owners: [] } }],
  [{ change: 'TAGGED', tags: ['pii'] }, { tags: { tags: [{ key: 'pii', value: 'true' }] } }],
  [
    { change: 'ALIASED', alias: 's3://lake/orders', aliasSource: 'SYMLINK' },
    { symlinks: { identifiers: [{ namespace: 's3://lake', name: 'orders', type: 'LOCATION' }] } },
  ],
  [
    { change: 'ALIASED', alias: 'hive://host/db/orders', aliasSource: 'TABLE_SYMLINK' },
    { symlinks: { identifiers: [{ name: 'db.orders', type: 'TABLE' }] } },
  ],
  [{ change: 'DROPPED' }, { lifecycleStateChange: { lifecycleStateChange: 'DROP' } }],
  [{ change: 'POLICY_SET', policy: null }, { headwater_freshness: { _deleted: true } }],
  [
    { change: 'STATED', description: 'new', metrics: { rows: 3, ratio: 0.5 }, removed: ['description', 'tags'] },
    {
      documentation: { description: 'new' },
      tags: { tags: [], _deleted: true },
      dataQualityMetrics: { rowCount: 3, columnMetrics: {} },
      headwater_metrics: { metrics: { ratio: 0.5 } },
    },
  ],
] as const)('%o becomes facets of the dataset', (parts, facets) => {
  const events = toOpenLineage(buildAssetEvent({ key, ...parts }))
  expect(events).toMatchObject([{ dataset: { ...dataset, facets } }])
  expect(Object.keys((events[0] as { dataset: { facets: object } }).dataset.facets).sort()).toEqual(
    Object.keys(facets).sort(),
  )
})

test('a renamed asset has its new name, and the old one in a facet', () => {
  const lifecycleStateChange = { lifecycleStateChange: 'RENAME', previousIdentifier: dataset }
  expect(toOpenLineage(buildAssetEvent({ key, change: 'RENAMED', renamedTo: 's3://lake/orders' }))).toMatchObject([
    { dataset: { namespace: 's3://lake', name: 'orders', facets: { lifecycleStateChange } } },
  ])
})

test('what OpenLineage cannot express gives no event', () => {
  const alias = 's3://lake/orders'
  expect(toOpenLineage(buildAssetEvent({ key, change: 'UNALIASED', alias }))).toEqual([])
  expect(toOpenLineage(buildAssetEvent({ key, change: 'ALIASED', alias, aliasSource: 'AUTHORITY' }))).toEqual([])
  expect(toOpenLineage(buildCheckEvent({ key, check: { status: 'SKIPPED' } }))).toEqual([])
})

test('a check outside of a run is an assertion in a DatasetEvent', () => {
  const check = {
    name: 'no empty day',
    status: 'FAIL',
    severity: 'WARN',
    column: 'day',
    expected: '> 0',
    actual: '0',
  } as const
  const run = { runId: 'r1', jobNamespace: 'shop', jobName: 'test' }
  expect(toOpenLineage(buildCheckEvent({ key, check, ...run }))).toMatchObject([
    {
      dataset: {
        ...dataset,
        facets: {
          dataQualityAssertions: {
            assertions: [
              {
                assertion: 'no empty day',
                success: false,
                severity: 'warn',
                column: 'day',
                expected: '> 0',
                actual: '0',
              },
            ],
          },
          headwater_run: run,
        },
      },
    },
  ])
})

test('a job event has the declared inputs and outputs, and the upstreams of each output', () => {
  const lineage = [
    { output: key, inputs: ['s3://a/1', 's3://a/2'] },
    { output: 's3://a/out', inputs: ['s3://a/2'] },
  ]
  const [one, two] = [1, 2].map((n) => ({ namespace: 's3://a', name: String(n) }))
  const entries = [
    { ...dataset, type: 'DATASET', inputs: [one, two].map((each) => ({ ...each, type: 'DATASET' })) },
    { namespace: 's3://a', name: 'out', type: 'DATASET', inputs: [{ ...two, type: 'DATASET' }] },
  ]
  const [event] = toOpenLineage(buildJobEvent({ job: 'load', description: 'Loads', removed: ['owners'], lineage }))
  expect(event).toMatchObject({
    job: {
      namespace: 'test',
      name: 'load',
      facets: {
        documentation: { description: 'Loads' },
        ownership: { owners: [], _deleted: true },
        lineage: { entries },
      },
    },
    inputs: [one, two],
    outputs: [dataset, { namespace: 's3://a', name: 'out' }],
  })
  expect(event).not.toHaveProperty('run')
  expect(toOpenLineage(buildJobEvent({ job: 'load' }))[0]).not.toHaveProperty('inputs')
})
