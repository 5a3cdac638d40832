import { logGapsSql, partitionStatesSql } from '@headwater/clickhouse'
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
import { createReadiness } from './readiness.ts'
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
    async open(work) {
      const bound: Query = work === undefined ? query : (name, sql, params) => query(name, sql, params, work)
      return catalogOf({ query: bound, aliases: await watch.current() }, trim)
    },
    async refreshAliases() {
      await watch.refresh()
    },
    partitions: () => query('partition-states', partitionStatesSql),
    horizon: () => readHorizon(query),
    gaps: () => query('log-gaps', logGapsSql()),
    problems: createReadiness(query),
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
