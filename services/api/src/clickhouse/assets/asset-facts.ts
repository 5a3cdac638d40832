import { elementsOf, within } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { KeyScope } from '../key-scope.ts'
import type { Ask } from '../query.ts'

export type AssetFactRow = {
  readonly facet: string
  readonly subject: string
  /** JSON. */
  readonly value: string
  readonly occurredAt: string
}

/** What holds of one asset: of each facet and subject the latest. */
export function assetFacts(ask: Ask, { keys }: KeyScope, moment: Moment): Promise<readonly AssetFactRow[]> {
  return ask(
    'asset-facts',
    `SELECT facet, subject, argMax(value, (occurred_at, fact_id, value)) AS value, max(occurred_at) AS occurredAt
     FROM asset_facts WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND ${within(moment)} GROUP BY facet, subject ORDER BY facet, subject`,
    { keys, ...moment },
  )
}
