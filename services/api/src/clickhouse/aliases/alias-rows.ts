import type { AliasRow } from '@headwater/lineage'
import type { Ask } from '../query.ts'

/** The table as it is stored: which one it is, and in which parts. A part never changes; parts are joined into new ones. */
export type AliasParts = { readonly table: string; readonly parts: readonly string[] }

export async function aliasParts(ask: Ask): Promise<AliasParts> {
  const [row] = await ask<AliasParts>(
    'alias-parts',
    `SELECT toString(uuid) AS table, (
       SELECT groupArray(name) FROM system.parts WHERE database = currentDatabase() AND table = 'asset_aliases' AND active
     ) AS parts
     FROM system.tables WHERE database = currentDatabase() AND name = 'asset_aliases'`,
  )
  return row ?? { table: '', parts: [] }
}

export type StoredAliasRow = AliasRow & { readonly part: string }

/** What is said in other parts than those that are known. */
export function aliasRows(ask: Ask, known: readonly string[]): Promise<readonly StoredAliasRow[]> {
  return ask(
    'alias-rows',
    `SELECT _part AS part, asset, alias, toString(source) AS source,
       toUnixTimestamp64Milli(max(aliased_at)) AS aliasedAt, toUnixTimestamp64Milli(max(unaliased_at)) AS unaliasedAt
     FROM asset_aliases WHERE NOT has({known:Array(String)}, _part) GROUP BY part, asset, alias, source`,
    { known },
  )
}
