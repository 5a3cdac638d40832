import { elementsOf, foldedMaterializations, within, writers } from '@headwater/clickhouse'
import { evaluateHealth, type Moment, platformOf } from '@headwater/lineage'
import type { AssetProperties, CheckStatus } from '@headwater/schemas'
import type { RunState } from '../../catalog/run-reader.ts'
import type { AssetSummary } from '../../contract/index.ts'
import { factValue } from '../fact-values.ts'
import { canonicalKeySql, type KeyScope, keyScope } from '../key-scope.ts'
import type { Tables } from '../tables.ts'
import { sightings } from './sightings.ts'

type AssetSummaryRow = {
  readonly key: string
  readonly firstSeen: string
  readonly lastSeen: string
  readonly lastState: RunState | null
  readonly lastEndedAt: string | null
  readonly lastEndedState: RunState | null
  readonly lastSuccessAt: string | null
  /** JSON; null or empty where none was reported. */
  readonly properties: string | null
  readonly owners: string | null
  /** Owners of the job of the latest success. */
  readonly jobOwners: string | null
  readonly droppedAt: string | null
  /** Severity and status of the latest result of each check. */
  readonly checks: readonly (readonly ['ERROR' | 'WARN', string])[]
}

/** What lists and graphs show of each asset, without unknown keys. */
export async function assetSummaries(
  tables: Tables,
  keys: readonly string[],
  moment: Moment,
): Promise<readonly AssetSummary[]> {
  if (keys.length === 0) return []
  return (await summaryRows(tables, keyScope(tables.aliases, keys), moment)).map(summaryOf)
}

function summaryOf(row: AssetSummaryRow): AssetSummary {
  const properties = factValue<AssetProperties>(row.properties)
  return {
    key: row.key,
    platform: platformOf(row.key),
    name: properties?.name ?? null,
    ...ownersOf(factValue(row.owners) ?? properties?.owners, factValue(row.jobOwners)),
    firstSeen: row.firstSeen,
    lastSeen: row.lastSeen,
    lastState: row.lastState,
    lastEndedAt: row.lastEndedAt,
    lastSuccessAt: row.lastSuccessAt,
    health: healthStatusOf(row),
    dropped: row.droppedAt !== null,
  }
}

/** Those of the asset or, where it has none, of the job of its latest success. */
export function ownersOf(
  ofAsset: readonly string[] | null | undefined,
  ofJob: readonly string[] | undefined,
): Pick<AssetSummary, 'owners' | 'ownersFrom'> {
  if (ofAsset?.length) return { owners: [...ofAsset], ownersFrom: 'asset' }
  if (ofJob?.length) return { owners: [...ofJob], ownersFrom: 'job' }
  return { owners: [], ownersFrom: null }
}

/** The status depends on states alone, so the facts that only explain it stay empty. */
function healthStatusOf({ lastEndedState, lastState, checks }: AssetSummaryRow): AssetSummary['health'] {
  const unexplained = { job: '', endedAt: 0, error: null, failingSince: null }
  const unnamed = { name: '', column: null, message: null, occurredAt: 0 }
  return evaluateHealth({
    lastEnded: lastEndedState && { state: lastEndedState, ...unexplained },
    isWritten: lastState !== null,
    checks: (checks ?? []).map(([severity, status]) => ({ ...unnamed, severity, status: status as CheckStatus })),
  }).status
}

function summaryRows({ query }: Tables, scope: KeyScope, moment: Moment): Promise<readonly AssetSummaryRow[]> {
  const asset = canonicalKeySql(scope, 'asset')
  // argMax skips nulls, so values that may be null are wrapped in tuples.
  return query(
    'asset-summaries',
    `SELECT a.canonical_key AS key, a.firstSeen AS firstSeen, a.lastSeen AS lastSeen,
       m.lastState AS lastState, m.lastEndedAt AS lastEndedAt, m.lastSuccessAt AS lastSuccessAt,
       nullIf(m.lastEndedState, '') AS lastEndedState,
       f.properties AS properties, f.owners AS owners, j.owners AS jobOwners,
       if(f.isDropped AND (m.lastSuccessAt IS NULL OR f.droppedAt > m.lastSuccessAt), f.droppedAt, NULL) AS droppedAt,
       c.checks AS checks
     FROM (
       SELECT ${asset} AS canonical_key, min(firstSeen) AS firstSeen, max(lastSeen) AS lastSeen
       FROM ${sightings('{keys:Array(String)}', moment)} GROUP BY canonical_key
     ) AS a
     LEFT JOIN (
       SELECT asset,
         toNullable(argMax(toString(state), place)) AS lastState,
         argMax(tuple(ended_at), place).1 AS lastEndedAt,
         argMaxIf(toString(state), place, ended_at IS NOT NULL) AS lastEndedState,
         maxIf(ended_at, state = 'SUCCEEDED') AS lastSuccessAt,
         argMaxIf((job_namespace, job_name), place, state = 'SUCCEEDED') AS writer
       FROM (
         SELECT asset, state, ended_at, job_namespace, job_name, (placed_at, job_namespace, job_name, run_id) AS place
         FROM ${foldedMaterializations('{keys:Array(String)}', moment, undefined, scope.canonical)}
       ) GROUP BY asset
     ) AS m ON m.asset = a.canonical_key
     LEFT JOIN (
       SELECT (job_namespace, job_name) AS job, argMax(value, (occurred_at, fact_id, value)) AS owners FROM job_facts
       WHERE facet = 'owners' AND (job_namespace, job_name) IN (${writers('{keys:Array(String)}')}) AND ${within(moment)}
       GROUP BY job_namespace, job_name
     ) AS j ON j.job = m.writer
     LEFT JOIN (
       SELECT ${asset} AS canonical_key,
         argMaxIf(value, (occurred_at, fact_id, value), facet = 'properties') AS properties,
         argMaxIf(value, (occurred_at, fact_id, value), facet = 'owners') AS owners,
         argMaxIf(value, (occurred_at, fact_id, value), facet = 'dropped') = 'true' AS isDropped,
         maxIf(occurred_at, facet = 'dropped') AS droppedAt
       FROM asset_facts
       WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND facet IN ('properties', 'owners', 'dropped') AND subject = ''
         AND ${within(moment)}
       GROUP BY canonical_key
     ) AS f ON f.canonical_key = a.canonical_key
     LEFT JOIN (
       SELECT canonical_key, groupArray((severity, status)) AS checks
       FROM (
         SELECT ${asset} AS canonical_key, argMax(toString(severity), (occurred_at, fact_id, ordinal)) AS severity,
           argMax(toString(status), (occurred_at, fact_id, ordinal)) AS status
         FROM checks WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND ${within(moment)} GROUP BY canonical_key, name, column
       ) GROUP BY canonical_key
     ) AS c ON c.canonical_key = a.canonical_key`,
    { keys: scope.keys, ...scope.aliases, ...moment },
  )
}
