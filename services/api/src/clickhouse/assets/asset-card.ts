import { elementsOf, within } from '@headwater/clickhouse'
import type { AliasIndex, Moment } from '@headwater/lineage'
import type { AssetProperties } from '@headwater/schemas'
import { aliasMembers } from '../../answers/alias-members.ts'
import type { EdgeReader } from '../../catalog/edge-reader.ts'
import type { RunState } from '../../catalog/run-reader.ts'
import { type AssetCard, type Column, runStates } from '../../contract/index.ts'
import { type AssetFactRow, factOf, metadataOf } from '../fact-values.ts'
import { type KeyScope, keyScope } from '../key-scope.ts'
import { expiredByState } from '../runs/expired-runs.ts'
import type { Tables } from '../tables.ts'
import { healthOf, latestOutcome } from './asset-health.ts'
import { assetSummaries } from './asset-summaries.ts'
import { type LatestCheckRow, latestChecks } from './latest-checks.ts'
import { latestMetrics, metricsOf } from './latest-metrics.ts'
import { type OutcomeByStateRow, outcomesByState } from './outcomes-by-state.ts'

/** Everything about one asset; undefined where no event names it. */
export async function assetCard(
  tables: Tables,
  edges: EdgeReader,
  given: string,
  moment: Moment,
): Promise<Omit<AssetCard, 'position' | 'lagMs'> | undefined> {
  const { aliases } = tables
  const key = aliases.canonical(given)
  const scope = keyScope(aliases, [key])
  const view = { moment, edges: { kind: 'current' } } as const
  const [[summary], facts, outcomes, expired, checks, metrics, upstream, downstream] = await Promise.all([
    assetSummaries(tables, [key], moment),
    assetFacts(tables, scope, moment),
    outcomesByState(tables, scope, moment),
    expiredByState(tables, scope, moment.horizon),
    latestChecks(tables, scope, moment),
    latestMetrics(tables, scope, moment),
    edges.adjacentTo([key], 'upstream', view),
    edges.adjacentTo([key], 'downstream', view),
  ])
  if (summary === undefined) return undefined
  const { platform, name, owners, ownersFrom, firstSeen, lastSeen, dropped } = summary
  return {
    ...{ key, platform, name, owners, ownersFrom, firstSeen, lastSeen, dropped },
    ...factFields(facts, key, aliases),
    ...outcomeFields(outcomes, expired),
    health: healthOf(outcomes, checks),
    checks: checks.map(checkOf),
    metrics: metricsOf(metrics, facts),
    degree: {
      upstream: upstream.filter(({ from }) => from !== key).length,
      downstream: downstream.filter(({ to }) => to !== key).length,
    },
  }
}

/** The latest value of each facet and subject. */
function assetFacts({ query }: Tables, { keys }: KeyScope, moment: Moment): Promise<readonly AssetFactRow[]> {
  return query(
    'asset-facts',
    `SELECT facet, subject, argMax(value, (occurred_at, fact_id, value)) AS value, max(occurred_at) AS occurredAt
     FROM asset_facts WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND ${within(moment)} GROUP BY facet, subject ORDER BY facet, subject`,
    { keys, ...moment },
  )
}

function factFields(rows: readonly AssetFactRow[], key: string, aliases: AliasIndex) {
  const properties = factOf<AssetProperties>(rows, 'properties')
  const renamed = factOf<string>(rows, 'renamed')
  const renamedTo = renamed === undefined ? undefined : aliases.canonical(renamed)
  return {
    description: factOf<string>(rows, 'description') ?? properties?.description ?? null,
    url: properties?.url ?? null,
    tags: factOf<string[]>(rows, 'tags') ?? [],
    aliases: [...aliases.keysOf(key).slice(1)],
    aliasSources: aliasMembers(aliases, key).slice(1),
    renamedTo: renamedTo === undefined || renamedTo === key ? null : renamedTo,
    columns: factOf<Column[]>(rows, 'schema') ?? [],
    metadata: metadataOf(rows),
    droppedAt: rows.find(({ facet, value }) => facet === 'dropped' && value === 'true')?.occurredAt ?? null,
  }
}

/** How many runs ended in each state, including expired ones, and the latest of them. */
function outcomeFields(rows: readonly OutcomeByStateRow[], expired: ReadonlyMap<RunState, number>) {
  const latest = (states: readonly string[]) => {
    const row = latestOutcome(rows.filter(({ state }) => states.includes(state)))
    if (row === undefined) return null
    const { count: _, failingSince: __, ...outcome } = row
    return outcome
  }
  const counts = new Map(rows.map(({ state, count }) => [state, count]))
  return {
    lastMaterialization: latest(runStates),
    lastSuccess: latest(['SUCCEEDED']),
    lastFailure: latest(['FAILED', 'ABORTED']),
    materializations: Object.fromEntries(
      runStates.map((state) => [state, (counts.get(state) ?? 0) + (expired.get(state) ?? 0)]),
    ) as AssetCard['materializations'],
  }
}

const checkOf = ({ jobNamespace, jobName, runId, ...check }: LatestCheckRow): AssetCard['checks'][number] => ({
  ...check,
  run: runId === '' ? null : { jobNamespace, jobName, runId },
})
