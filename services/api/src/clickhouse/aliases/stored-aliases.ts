import { foldedMaterializations } from '@headwater/clickhouse'
import type { AliasRow } from '@headwater/lineage'
import type { Query } from '../query.ts'

/** The table asset_aliases as it is stored. A part never changes; ClickHouse merges parts into new ones. */
export type AliasParts = {
  /** Id of the table; a rebuild replaces the table. */
  readonly table: string
  readonly parts: readonly string[]
}

export async function aliasParts(query: Query): Promise<AliasParts> {
  const [row] = await query<AliasParts>(
    'alias-parts',
    `SELECT toString(uuid) AS table, (
       SELECT groupArray(name) FROM system.parts WHERE database = currentDatabase() AND table = 'asset_aliases' AND active
     ) AS parts
     FROM system.tables WHERE database = currentDatabase() AND name = 'asset_aliases'`,
  )
  return row ?? { table: '', parts: [] }
}

export type StoredAliasRow = AliasRow & { readonly part: string }

/** The rows of all parts but the known ones. */
export function aliasRows(query: Query, knownParts: readonly string[]): Promise<readonly StoredAliasRow[]> {
  return query(
    'alias-rows',
    `SELECT _part AS part, asset, alias, toString(source) AS source,
       toUnixTimestamp64Milli(max(aliased_at)) AS aliasedAt, toUnixTimestamp64Milli(max(unaliased_at)) AS unaliasedAt
     FROM asset_aliases WHERE NOT has({known:Array(String)}, _part) GROUP BY part, asset, alias, source`,
    { known: knownParts },
  )
}

/** When the latest success that wrote each key ended, in epoch milliseconds. Keys are not resolved: aliases of a key do not count. */
export async function lastSuccesses(query: Query, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (keys.length === 0) return new Map()
  const rows = await query<{ key: string; at: number }>(
    'last-successes-of-keys',
    `SELECT asset AS key, toUnixTimestamp64Milli(assumeNotNull(max(ended_at))) AS at
     FROM ${foldedMaterializations('{keys:Array(String)}', {})} WHERE state = 'SUCCEEDED' GROUP BY asset`,
    { keys },
  )
  return new Map(rows.map(({ key, at }) => [key, at]))
}
