import { elementsOf, foldedMaterializations, within, writers } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { RunState } from '../../catalog/asset-catalog.ts'
import { type KeyScope, meant } from '../key-scope.ts'
import type { Ask } from '../query.ts'
import { sightings } from './sightings.ts'

export type AssetSummaryRow = {
  readonly key: string
  readonly firstSeen: string
  readonly lastSeen: string
  readonly lastState: RunState | null
  readonly lastEndedAt: string | null
  readonly lastEndedState: RunState | null
  readonly lastSuccessAt: string | null
  /** JSON; empty when there is none. */
  readonly properties: string | null
  readonly owners: string | null
  /** Of the job of its latest success. */
  readonly jobOwners: string | null
  readonly droppedAt: string | null
  /** Severity and status of the latest result of each check. */
  readonly checks: readonly (readonly ['ERROR' | 'WARN', string])[]
}

// argMax skips null values, so that values which may be null are wrapped in tuples.

/** What lists and graphs show of each of the assets. Unknown keys are left out. */
export function assetSummaries(ask: Ask, scope: KeyScope, moment: Moment): Promise<readonly AssetSummaryRow[]> {
  const asset = meant(scope, 'asset')
  return ask(
    'asset-summaries',
    `SELECT a.meant AS key, a.firstSeen AS firstSeen, a.lastSeen AS lastSeen,
       m.lastState AS lastState, m.lastEndedAt AS lastEndedAt, m.lastSuccessAt AS lastSuccessAt,
       nullIf(m.lastEndedState, '') AS lastEndedState,
       f.properties AS properties, f.owners AS owners, j.owners AS jobOwners,
       if(f.isDropped AND (m.lastSuccessAt IS NULL OR f.droppedAt > m.lastSuccessAt), f.droppedAt, NULL) AS droppedAt,
       c.checks AS checks
     FROM (
       SELECT ${asset} AS meant, min(firstSeen) AS firstSeen, max(lastSeen) AS lastSeen
       FROM ${sightings('{keys:Array(String)}', moment)} GROUP BY meant
     ) AS a
     LEFT JOIN (
       SELECT asset,
         argMax(toString(state), place) AS lastState,
         argMax(tuple(ended_at), place).1 AS lastEndedAt,
         argMaxIf(toString(state), place, ended_at IS NOT NULL) AS lastEndedState,
         maxIf(ended_at, state = 'SUCCEEDED') AS lastSuccessAt,
         argMaxIf((job_namespace, job_name), place, state = 'SUCCEEDED') AS writer
       FROM (
         SELECT asset, state, ended_at, job_namespace, job_name, (placed_at, job_namespace, job_name, run_id) AS place
         FROM ${foldedMaterializations('{keys:Array(String)}', moment, undefined, scope.canonical)}
       ) GROUP BY asset
     ) AS m ON m.asset = a.meant
     LEFT JOIN (
       SELECT (job_namespace, job_name) AS job, argMax(value, (occurred_at, fact_id, value)) AS owners FROM job_facts
       WHERE facet = 'owners' AND (job_namespace, job_name) IN (${writers('{keys:Array(String)}')}) AND ${within(moment)}
       GROUP BY job_namespace, job_name
     ) AS j ON j.job = m.writer
     LEFT JOIN (
       SELECT ${asset} AS meant,
         argMaxIf(value, (occurred_at, fact_id, value), facet = 'properties') AS properties,
         argMaxIf(value, (occurred_at, fact_id, value), facet = 'owners') AS owners,
         argMaxIf(value, (occurred_at, fact_id, value), facet = 'dropped') = 'true' AS isDropped,
         maxIf(occurred_at, facet = 'dropped') AS droppedAt
       FROM asset_facts
       WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND facet IN ('properties', 'owners', 'dropped') AND subject = ''
         AND ${within(moment)}
       GROUP BY meant
     ) AS f ON f.meant = a.meant
     LEFT JOIN (
       SELECT meant, groupArray((severity, status)) AS checks
       FROM (
         SELECT ${asset} AS meant, argMax(toString(severity), (occurred_at, fact_id, ordinal)) AS severity,
           argMax(toString(status), (occurred_at, fact_id, ordinal)) AS status
         FROM checks WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND ${within(moment)} GROUP BY meant, name, column
       ) GROUP BY meant
     ) AS c ON c.meant = a.meant`,
    { keys: scope.keys, ...scope.aliases, ...moment },
  )
}
