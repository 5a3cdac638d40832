import { foldReference } from '@headwater/testing/events'
import { expect, test } from 'vitest'
import { recordedEvents, type recordedFiles } from '../helpers/recorded-events.ts'
import { mapped } from '../helpers/run-event.ts'

const edgesOf = (file: (typeof recordedFiles)[number]) =>
  foldReference(
    recordedEvents(file)
      .flatMap((event) => mapped(event).events)
      .map((event, n) => ({ event, recordedAt: n + 1 })),
  )
    .edges()
    .map(({ from, to }) => `${from} -> ${to}`)
    .sort()

const lake = 's3://orchard-lake/warehouse/orchard.db'
const shop = 'postgres://orchard-db.example/shop/public'

test.each([
  [
    'airflow',
    [
      'file:///srv/scales/2026-09-30.csv -> s3://orchard-lake/harvests/2026-09-30.csv',
      `${shop}/harvests -> ${shop}/daily_harvest`,
      `s3://orchard-lake/harvests/2026-09-30.csv -> ${shop}/harvests`,
    ],
  ],
  ['spark', [`${lake}/harvests -> ${lake}/variety_ranks`, `${lake}/trees -> ${lake}/variety_ranks`]],
  ['flink', ['kafka://broker.example/scale-readings -> kafka://broker.example/crate-weights']],
  ['dagster', []],
] as const)('%s: successful runs give these edges', (file, edges) => {
  expect(edgesOf(file)).toEqual([...edges].sort())
})
