import { elementsOf, within } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import { type KeyScope, meant } from '../key-scope.ts'
import type { Ask } from '../query.ts'

/** The latest schema stated of each of the assets, JSON; those of which none is are left out. */
export function schemas(
  ask: Ask,
  scope: KeyScope,
  moment: Moment,
): Promise<readonly { readonly key: string; readonly schema: string }[]> {
  return ask(
    'schemas',
    `SELECT ${meant(scope, 'asset')} AS key, argMax(value, (occurred_at, fact_id, value)) AS schema FROM asset_facts
     WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND facet = 'schema' AND subject = '' AND ${within(moment)}
     GROUP BY key HAVING schema != 'null'`,
    { keys: scope.keys, ...scope.aliases, ...moment },
  )
}
