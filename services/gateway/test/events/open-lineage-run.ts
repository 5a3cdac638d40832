/** An OpenLineage event as clients send it. */
export const openLineageRun = (name = 'load') => ({
  eventTime: '2026-01-15T12:00:00.000Z',
  eventType: 'COMPLETE',
  producer: 'https://example.org/test',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: '01890f3c-5b1e-7c3a-8f00-000000000001' },
  job: { namespace: 'shop', name },
  inputs: [{ namespace: 's3://lake', name: 'raw/orders' }],
  outputs: [{ namespace: 's3://lake', name: 'orders', facets: {} }],
})
