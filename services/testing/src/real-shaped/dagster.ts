import { columnsOf, facet, type OpenLineageJson, runEvent, type Tool, timeText, uuidOf } from './open-lineage-json.ts'

const assets = 400
const producer = 'https://github.com/openlineage/dagster-openlineage/tree/0.2.1'

/** 400 assets, materialized 20 in a run: jobs under one run id, without inputs; metadata and columns at the end. */
export const dagster: Tool = {
  name: 'Dagster',
  eventAt(number, at) {
    const materialization = number >> 1
    const asset = materialization % assets
    const group = Math.floor(materialization / 20)
    const name = `analytics/asset_${asset}`
    const isEnd = number % 2 === 1
    const of = (schema: string, content: OpenLineageJson) => facet(producer, schema, content)
    const metadata = {
      ...{
        'dagster/row_count': 1_000 + (materialization % 977),
        'dagster/uri': `s3://lake/asset_${asset}`,
        owner: 'ana',
      },
      ...{ path: `/data/${asset}.parquet`, preview: `| id | status |\n|---|---|\n| ${materialization} | "paid" |` },
    }
    const ended = {
      schema: of('1-1-1/SchemaDatasetFacet.json', { fields: columnsOf(asset, 3 + (asset % 6)) }),
      dagster_asset: of('2-0-2/OpenLineage.json#/$defs/DatasetFacet', { metadata, tags: { kind: 'parquet' } }),
    }
    const run = {
      runId: uuidOf('dagster', group),
      facets: {
        dagster: of('2-0-2/OpenLineage.json#/$defs/RunFacet', {
          ...{
            run_id: uuidOf('dagster', group),
            step_key: `analytics__asset_${asset}`,
            location: 'shop',
            repository: 'main',
          },
          ...{ code_version: '4f1c2d9', partition: timeText(at).slice(0, 10), pid: 40_000 + (group % 20_000) },
        }),
        processing_engine: of('1-1-1/ProcessingEngineRunFacet.json', {
          ...{ name: 'Dagster', version: '1.13.28', openlineageAdapterVersion: '0.2.1' },
        }),
      },
    }
    const output = { namespace: 'dagster://shop', name, facets: isEnd ? ended : {} }
    return runEvent(
      { producer, namespace: 'dagster', at },
      isEnd ? 'COMPLETE' : 'START',
      run,
      { name, facets: {} },
      [],
      [output],
    )
  },
}
