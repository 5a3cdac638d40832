import type { Ask } from '../ask.ts'

/** Those of the assets that were dropped after the last success of a run that wrote them. */
export async function droppedAssets(ask: Ask, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await ask<{ asset: string }>(
    'dropped-assets',
    `WITH drops AS (
       SELECT asset, max(occurred_at) AS droppedAt FROM asset_facts
       WHERE asset IN {keys:Array(String)} AND facet = 'dropped' AND subject = ''
       GROUP BY asset HAVING argMax(value, (occurred_at, fact_id, value)) = 'true'
     )
     SELECT d.asset AS asset FROM drops AS d
     LEFT JOIN (
       SELECT asset, max(ended_at) AS lastSuccessAt FROM materializations FINAL
       WHERE asset IN (SELECT asset FROM drops) AND state = 'SUCCEEDED' GROUP BY asset
     ) AS m ON m.asset = d.asset
     WHERE m.lastSuccessAt IS NULL OR d.droppedAt > m.lastSuccessAt`,
    { keys },
  )
  return new Set(rows.map(({ asset }) => asset))
}
