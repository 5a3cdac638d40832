import { elementsOf, within, writers } from '@headwater/clickhouse'
import { type AliasIndex, type JobIdentity, jobKey, type Moment, platformOf } from '@headwater/lineage'
import type { AssetProperties } from '@headwater/schemas'
import { aliasMembers } from '../../answers/alias-members.ts'
import type { EdgeReader } from '../../catalog/edge-reader.ts'
import type { RunState } from '../../catalog/run-reader.ts'
import { type AssetCard, type Column, runStates } from '../../contract/index.ts'
import { currentEdgesInto } from '../edges/clickhouse-edges.ts'
import { type AssetFactRow, factOf, factValue, metadataOf } from '../fact-values.ts'
import { type KeyScope, keyScope } from '../key-scope.ts'
import { expiredByState } from '../runs/expired-runs.ts'
import type { Tables } from '../tables.ts'
import { healthOf, latestOutcome } from './asset-health.ts'
import { ownersOf } from './asset-summaries.ts'
import { type LatestCheckRow, latestChecks } from './latest-checks.ts'
import { latestMetrics, metricsOf } from './latest-metrics.ts'
import { latestRuns, type OutcomeByStateRow, outcomesByState } from './outcomes-by-state.ts'
import { sightings } from './sightings.ts'

/** Everything about one asset; undefined where no event names it. */
export async function assetCard(
  tables: Tables,
  edges: EdgeReader,
  given: string,
  moment: Moment,
): Promise<Omit<AssetCard, 'position' | 'lagMs' | 'completeness'> | undefined> {
  const { aliases } = tables
  const key = aliases.canonical(given)
  const scope = keyScope(aliases, [key])
  const view = { moment, edges: { kind: 'current' } } as const
  const latest = latestRuns(tables, scope, moment)
  const [[sighting], owners, facts, outcomes, expired, checks, metrics, upstream, downstream] = await Promise.all([
    assetSightings(tables, scope, moment),
    writerOwners(tables, scope, moment),
    assetFacts(tables, scope, moment),
    latest.then((runs) => outcomesByState(tables, runs, moment)),
    expiredByState(tables, scope, moment.horizon),
    latestChecks(tables, scope, moment),
    latestMetrics(tables, scope, moment),
    moment.horizon === undefined
      ? latest.then((runs) => currentEdgesInto(tables, key, runs.filter(isSuccess), moment))
      : edges.adjacentTo([key], 'upstream', view),
    edges.adjacentTo([key], 'downstream', view),
  ])
  if (sighting === undefined) return undefined
  const success = outcomes.find(isSuccess)
  return {
    ...{ key, platform: platformOf(key), ...sighting },
    ...ownersOf(statedOwners(facts), ownersOfWriter(owners, success)),
    ...factFields(facts, key, aliases),
    dropped: isDropped(facts, success),
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

const isSuccess = ({ state }: { readonly state: RunState }) => state === 'SUCCEEDED'

type Sighting = Pick<AssetCard, 'firstSeen' | 'lastSeen'>

/** When events named the asset; empty where none does. */
const assetSightings = ({ query }: Tables, { keys }: KeyScope, moment: Moment): Promise<readonly Sighting[]> =>
  query(
    'sightings',
    `SELECT min(firstSeen) AS firstSeen, max(lastSeen) AS lastSeen FROM ${sightings('{keys:Array(String)}', moment)} HAVING count() > 0`,
    { keys, ...moment },
  )

type WriterOwners = JobIdentity & { readonly owners: string }

/** The owners of each job that writes the asset, as JSON. */
const writerOwners = ({ query }: Tables, { keys }: KeyScope, moment: Moment): Promise<readonly WriterOwners[]> =>
  query(
    'writer-owners',
    `SELECT job_namespace AS jobNamespace, job_name AS jobName, argMax(value, (occurred_at, fact_id, value)) AS owners FROM job_facts
     WHERE facet = 'owners' AND (job_namespace, job_name) IN (${writers('{keys:Array(String)}')}) AND ${within(moment)}
     GROUP BY job_namespace, job_name`,
    { keys, ...moment },
  )

function ownersOfWriter(owners: readonly WriterOwners[], writer: JobIdentity | undefined): string[] | undefined {
  const job = writer === undefined ? undefined : jobKey(writer)
  return factValue(owners.find((each) => jobKey(each) === job)?.owners)
}

const statedOwners = (facts: readonly AssetFactRow[]) =>
  factOf<string[]>(facts, 'owners') ?? factOf<AssetProperties>(facts, 'properties')?.owners

const dropOf = (facts: readonly AssetFactRow[]) =>
  facts.find(({ facet, subject, value }) => facet === 'dropped' && subject === '' && value === 'true')?.occurredAt

/** Dropped, and not written by a successful run since. */
function isDropped(facts: readonly AssetFactRow[], success: OutcomeByStateRow | undefined): boolean {
  const droppedAt = dropOf(facts)
  return droppedAt !== undefined && (success?.endedAt == null || droppedAt > success.endedAt)
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
    name: properties?.name ?? null,
    description: factOf<string>(rows, 'description') ?? properties?.description ?? null,
    url: properties?.url ?? null,
    tags: factOf<string[]>(rows, 'tags') ?? [],
    aliases: [...aliases.keysOf(key).slice(1)],
    aliasSources: aliasMembers(aliases, key).slice(1),
    renamedTo: renamedTo === undefined || renamedTo === key ? null : renamedTo,
    columns: factOf<Column[]>(rows, 'schema') ?? [],
    metadata: metadataOf(rows),
    droppedAt: dropOf(rows) ?? null,
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
