import { gzipSync } from 'node:zlib'

/** Bodies that differ in their run: COMPLETE of a job with two inputs and one output. Each becomes one record. */
export const openLineageBodies = (count: number, isGzip: boolean): readonly Buffer[] =>
  Array.from({ length: count }, (_, index) => {
    const body = Buffer.from(JSON.stringify(runEvent(`01890f3c-5b1e-7c3a-8f00-${String(index).padStart(12, '0')}`)))
    return isGzip ? gzipSync(body) : body
  })

const runEvent = (runId: string) => ({
  eventTime: '2026-01-15T12:00:00.000Z',
  eventType: 'COMPLETE',
  producer: 'https://github.com/OpenLineage/OpenLineage/tree/1.54.0/integration/spark',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId },
  job: { namespace: 'shop', name: 'load.orders' },
  inputs: [
    { namespace: 's3://lake', name: 'raw/orders' },
    { namespace: 's3://lake', name: 'raw/customers' },
  ],
  outputs: [
    {
      namespace: 'postgres://db:5432',
      name: 'shop.public.orders',
      outputFacets: { outputStatistics: { rowCount: 5, size: 100 } },
    },
  ],
})
