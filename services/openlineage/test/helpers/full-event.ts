import { dataset, facet, runEvent } from './run-event.ts'

const field = (table: string, column: string, subtype: string, type = 'DIRECT') => ({
  ...dataset(table),
  field: column,
  transformations: [{ type, subtype, description: `from ${column}`, masking: false }],
})

/** A RunEvent with every facet that the mapping reads. */
export const fullEvent = runEvent({
  run: {
    runId: '0190F1A2-0000-7000-8000-000000000001',
    facets: {
      parent: facet({
        run: { runId: '0190f1a2-0000-7000-8000-000000000002' },
        job: { namespace: 'airflow', name: 'shop.load' },
        root: { run: { runId: '0190f1a2-0000-7000-8000-000000000003' }, job: { namespace: 'airflow', name: 'shop' } },
      }),
      nominalTime: facet({ nominalStartTime: '2024-05-01T00:00:00Z', nominalEndTime: '2024-05-02T00:00:00Z' }),
      errorMessage: facet({ message: 'no space left', programmingLanguage: 'Java', stackTrace: 'at a.b(C.java:1)' }),
      processing_engine: facet({ name: 'spark', version: '3.5.1', openlineageAdapterVersion: '1.30.0' }),
      test: facet({ tests: [{ name: 'singular', status: 'fail', severity: 'warn', type: 'custom_sql' }] }),
      my_facet: facet({ answer: 42 }),
    },
  },
  job: {
    namespace: 'warehouse',
    name: 'load_orders',
    facets: {
      jobType: facet({ processingType: 'STREAMING', integration: 'FLINK', jobType: 'JOB' }),
      documentation: facet({ description: 'Loads orders', contentType: 'text/plain' }),
      ownership: facet({ owners: [{ name: 'team:data', type: 'MAINTAINER' }] }),
      tags: facet({ tags: [{ key: 'tier', value: 'gold', source: 'USER' }] }),
      sql: facet({ query: 'insert into orders select * from raw', dialect: 'postgres' }),
      lineage: facet({
        entries: [
          {
            ...dataset('daily'),
            type: 'DATASET',
            inputs: [{ ...dataset('orders'), type: 'DATASET' }, { type: 'JOB' }],
          },
          { type: 'JOB', inputs: [{ ...dataset('rates'), type: 'DATASET' }] },
        ],
      }),
    },
  },
  inputs: [
    dataset('raw', {
      facets: {
        schema: facet({ fields: [{ name: 'id', type: 'int' }] }),
        symlinks: facet({ identifiers: [{ namespace: 'hive://metastore:9083', name: 'shop.raw', type: 'TABLE' }] }),
        dataSource: facet({ name: 'db', uri: 'postgres://db:5432' }),
        _gone: facet({ _deleted: true }),
      },
      inputFacets: {
        dataQualityAssertions: facet({
          assertions: [{ assertion: 'not_null', column: 'id', success: false, severity: 'warn', actual: '3' }],
        }),
        dataQualityMetrics: facet({
          rowCount: 10,
          lastUpdated: '2024-04-30T10:00:00.123456Z',
          columnMetrics: { id: { nullCount: 3, quantiles: { '0.5': 4 } } },
        }),
        inputStatistics: facet({ rowCount: 10, size: 100 }),
      },
    }),
  ],
  outputs: [
    dataset('orders', {
      facets: {
        schema: facet({ fields: [{ name: 'id', type: 'int', fields: [{ name: 'x' }], ordinal_position: 1 }] }),
        columnLineage: facet({
          fields: { id: { inputFields: [field('raw', 'id', 'IDENTITY'), field('lookup', 'id', 'JOIN', 'INDIRECT')] } },
          dataset: [field('raw', 'day', 'FILTER', 'INDIRECT')],
        }),
        documentation: facet({ description: 'Orders' }),
        ownership: facet({ owners: [{ name: 'team:data' }] }),
        tags: facet({ tags: [{ key: 'pii', value: 'true', field: 'email' }] }),
        version: facet({ datasetVersion: '7' }),
        lifecycleStateChange: facet({
          lifecycleStateChange: 'RENAME',
          previousIdentifier: { namespace: 'postgres://db:5432', name: 'shop.public.orders_old' },
        }),
        dbt_model: facet({ config: { owner: 'jo', group: 'finance' } }),
        dbt_exposures: facet({
          exposures: [{ unique_id: 'exposure.shop.weekly', name: 'weekly', type: 'dashboard', url: 'https://bi/1' }],
        }),
      },
      outputFacets: {
        outputStatistics: facet({ rowCount: 5, size: 50, fileCount: 1 }),
        subset: facet({ outputCondition: { type: 'location', locations: ['s3://lake/a'] } }),
      },
    }),
    dataset('audit', { facets: { lineage: facet({ inputs: [] }) } }),
  ],
})
