import { partitionStatesSql } from '@headwater/clickhouse'
import { type PartitionRules, trimPartitions } from '@headwater/lineage'
import type { AliasReader } from '../catalog/alias-reader.ts'
import type { AssetReader } from '../catalog/asset-reader.ts'
import type { Catalog, CatalogStore } from '../catalog/catalog.ts'
import { AliasTable, type AliasTableOptions } from './aliases/alias-table.ts'
import { AliasWatch } from './aliases/alias-watch.ts'
import { clickHouseAssets } from './assets/clickhouse-assets.ts'
import { clickHouseChanges } from './changes/clickhouse-changes.ts'
import { clickHouseColumns } from './columns/clickhouse-columns.ts'
import { clickHouseEdges } from './edges/clickhouse-edges.ts'
import { clickHouseJobs } from './jobs/clickhouse-jobs.ts'
import type { Query } from './query.ts'
import { clickHouseRuns } from './runs/clickhouse-runs.ts'
import type { Tables } from './tables.ts'

export type ClickHouseStoreOptions = AliasTableOptions & {
  /** Longest age of the aliases of a catalog that is opened; 0 reads them every time. */
  readonly aliasesMaxAgeMs?: number
  /** Beginnings of keys whose partitions the gateway trims before events are stored. */
  readonly trim?: PartitionRules
}

/** Catalogs that answer from the tables of infra/clickhouse. */
export function createClickHouseStore(
  query: Query,
  { aliasesMaxAgeMs = 0, trim = [], ...options }: ClickHouseStoreOptions = {},
): CatalogStore {
  const table = new AliasTable(query, options)
  const watch = new AliasWatch({ read: () => table.read(), maxAgeMs: aliasesMaxAgeMs })
  return {
    open: async () => catalogOf({ query, aliases: await watch.current() }, trim),
    async refreshAliases() {
      await watch.refresh()
    },
    partitions: () => query('partition-states', partitionStatesSql),
    horizon: () => readHorizon(query),
    async problems() {
      const missing = await missingTables(query)
      return missing.length === 0 ? [] : [`The database lacks tables: ${missing.join(', ')}`]
    },
  }
}

function catalogOf(tables: Tables, trim: PartitionRules): Catalog {
  const edges = clickHouseEdges(tables)
  const assets = clickHouseAssets(tables, edges)
  return {
    ...{ edges, assets, aliases: aliasReader(tables, assets, trim) },
    changes: clickHouseChanges(tables),
    columns: clickHouseColumns(tables),
    jobs: clickHouseJobs(tables),
    runs: clickHouseRuns(tables),
  }
}

const aliasReader = ({ aliases: index }: Tables, assets: AssetReader, trim: PartitionRules): AliasReader => ({
  index,
  async canonicalKey(given) {
    const { key } = trimPartitions(given, trim)
    const isKnown = key === given || (await assets.summaries([given], {})).length > 0
    return index.canonical(isKnown ? given : key)
  },
})

async function readHorizon(query: Query): Promise<number | undefined> {
  const [row] = await query<{ horizon: number }>(
    'horizon',
    'SELECT toUnixTimestamp64Milli(max(horizon)) AS horizon FROM horizons HAVING count() > 0',
  )
  return row?.horizon
}

const requiredTables = [
  'asset_aliases',
  'asset_facts',
  'asset_reads',
  'asset_sightings',
  'asset_writes',
  'checks',
  'column_reads',
  'column_sets',
  'expired_runs',
  'expired_sightings',
  'expiring_facts',
  'folded_offsets',
  'folded_offsets.generation', // a column that a projector of this version adds
  'heartbeats',
  'horizons',
  'input_sets',
  'job_facts',
  'run_facts',
]

async function missingTables(query: Query): Promise<readonly string[]> {
  const rows = await query<{ name: string }>(
    'missing-tables',
    `SELECT name FROM system.tables WHERE database = currentDatabase() UNION ALL
     SELECT concat(table, '.', name) FROM system.columns WHERE database = currentDatabase() AND name = 'generation'`,
  )
  const present = new Set(rows.map(({ name }) => name))
  return requiredTables.filter((table) => !present.has(table))
}
