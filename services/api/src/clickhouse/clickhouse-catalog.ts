import { type AliasIndex, compareKeys, type Moment, type PartitionRules, trimPartitions } from '@headwater/lineage'
import type { AssetCatalog } from '../catalog/asset-catalog.ts'
import type { AssetCard, AssetSummary, Column, Run } from '../contract/index.ts'
import { AliasWatch } from './aliases/alias-watch.ts'
import { ClickHouseAliases, type ClickHouseAliasesOptions } from './aliases/clickhouse-aliases.ts'
import { assetSummaryOf, factsOf, healthOf, metricsOf, outcomesOf } from './assets/asset-card.ts'
import { assetFacts } from './assets/asset-facts.ts'
import { assetSummaries } from './assets/asset-summaries.ts'
import { type LatestCheckRow, latestChecks } from './assets/latest-checks.ts'
import { latestMetrics } from './assets/latest-metrics.ts'
import { materializationRows } from './assets/materialization-rows.ts'
import { outcomesByState } from './assets/outcomes-by-state.ts'
import { assetFacets, searchAssets } from './assets/search-assets.ts'
import { similarKeys } from './assets/similar-keys.ts'
import { edgeChanges } from './changes/edge-changes.ts'
import { clickHouseColumnLinks } from './columns/clickhouse-column-links.ts'
import { schemas } from './columns/schemas.ts'
import { assetSets } from './edges/asset-sets.ts'
import { clickHouseEdges } from './edges/clickhouse-edges.ts'
import { horizon } from './horizon.ts'
import { jobCardOf } from './jobs/job-card.ts'
import { jobFacts } from './jobs/job-facts.ts'
import { jobRunsByState } from './jobs/job-runs-by-state.ts'
import { listJobs } from './jobs/list-jobs.ts'
import { similarJobs } from './jobs/similar-jobs.ts'
import { canonicalKeys, keyScope } from './key-scope.ts'
import { missingTables } from './missing-tables.ts'
import { placeOfRun, sliceOf } from './page-of-rows.ts'
import { partitionStates } from './partition-states.ts'
import type { Ask } from './query.ts'
import { childRuns } from './runs/child-runs.ts'
import { expiredByState, expiredOfJob } from './runs/expired-runs.ts'
import { type RunRow, runsById, runsOfJob } from './runs/run-rows.ts'

const shownChildren = 100

export type ClickHouseAssetCatalogOptions = ClickHouseAliasesOptions & {
  /** How old aliases may be where no position asks for newer ones. */
  readonly aliasesMaxAgeMs?: number
  /** Beginnings of keys whose partitions are trimmed before events are stored. */
  readonly trim?: PartitionRules
}

/** Whose aliases are looked at anew, or stay what they are. */
type KnownAliases = { readonly current: () => Promise<AliasIndex>; readonly refresh: () => Promise<unknown> }

/** Answers from the tables of infra/clickhouse. */
export function createClickHouseAssetCatalog(
  ask: Ask,
  { aliasesMaxAgeMs = 0, trim = [], ...options }: ClickHouseAssetCatalogOptions = {},
): AssetCatalog {
  const stored = new ClickHouseAliases(ask, options)
  return catalogOf(ask, new AliasWatch({ look: () => stored.look(), maxAgeMs: aliasesMaxAgeMs }), trim)
}

function catalogOf(ask: Ask, watch: KnownAliases, trim: PartitionRules): AssetCatalog {
  async function summaries(
    aliases: AliasIndex,
    keys: readonly string[],
    moment: Moment,
  ): Promise<readonly AssetSummary[]> {
    return keys.length === 0 ? [] : (await assetSummaries(ask, keyScope(aliases, keys), moment)).map(assetSummaryOf)
  }

  return {
    async assets({ limit, ...filter }) {
      const aliases = await watch.current()
      const keys = await searchAssets(ask, aliases, filter, limit + 1)
      const byKey = new Map(
        (await summaries(aliases, keys.slice(0, limit), {})).map((summary) => [summary.key, summary]),
      )
      const { items, next } = sliceOf(
        keys,
        limit,
        (key) => byKey.get(key),
        (key) => key,
      )
      return { items: items.filter((item) => item !== undefined), next }
    },
    async assetFacets(filter) {
      return assetFacets(ask, await watch.current(), filter)
    },
    async assetSummaries(keys, moment) {
      return summaries(await watch.current(), keys, moment)
    },
    async assetCard(asked, moment) {
      const aliases = await watch.current()
      const key = aliases.canonical(asked)
      const scope = keyScope(aliases, [key])
      const view = { moment, edges: { kind: 'current' } } as const
      const [[summary], facts, outcomes, expired, checks, metrics, upstream, downstream] = await Promise.all([
        summaries(aliases, [key], moment),
        assetFacts(ask, scope, moment),
        outcomesByState(ask, scope, moment),
        expiredByState(ask, scope, moment.horizon),
        latestChecks(ask, scope, moment),
        latestMetrics(ask, scope, moment),
        clickHouseEdges(ask, aliases, [key], 'upstream', view),
        clickHouseEdges(ask, aliases, [key], 'downstream', view),
      ])
      if (summary === undefined) return undefined
      const { platform, name, owners, ownersFrom, firstSeen, lastSeen, dropped } = summary
      return {
        ...{ key, platform, name, owners, ownersFrom, firstSeen, lastSeen, dropped },
        ...factsOf(facts, key, aliases),
        ...outcomesOf(outcomes, expired),
        health: healthOf(outcomes, checks),
        checks: checks.map(checkOf),
        metrics: metricsOf(metrics, facts),
        degree: {
          upstream: upstream.filter(({ from }) => from !== key).length,
          downstream: downstream.filter(({ to }) => to !== key).length,
        },
      }
    },
    async similarKeys(key, limit) {
      return similarKeys(ask, await watch.current(), key, limit)
    },
    async materializations({ key, limit, ...filter }) {
      const aliases = await watch.current()
      const rows = await materializationRows(ask, { ...filter, scope: keyScope(aliases, [key]), limit: limit + 1 })
      const sets = await assetSets(ask, aliases, [...new Set(rows.flatMap((row) => row.inputSets))])
      const asset = aliases.canonical(key)
      return sliceOf(
        rows,
        limit,
        ({ metadata, metrics, isExplicit, inputSets: setIds, ...row }) => ({
          ...row,
          metadata: joined(metadata.map(parsed)),
          inputs: union(setIds.map((setId) => sets.feeding(setId, asset))),
          assertion: isExplicit ? ('explicit' as const) : ('run' as const),
          metrics: joined(metrics),
        }),
        placeOfRun,
      )
    },
    async edges(keys, direction, view) {
      return clickHouseEdges(ask, await watch.current(), keys, direction, view)
    },
    async edgeChanges(span, among) {
      return edgeChanges(ask, await watch.current(), span, among)
    },
    async columnLinks(selected, direction, moment) {
      return clickHouseColumnLinks(ask, await watch.current(), selected, direction, moment)
    },
    async schemas(keys, moment) {
      const rows = await schemas(ask, keyScope(await watch.current(), keys), moment)
      return new Map(rows.map(({ key, schema }) => [key, JSON.parse(schema) as readonly Column[]]))
    },
    async runs(runId, moment) {
      const [aliases, rows, children] = await Promise.all([
        watch.current(),
        runsById(ask, runId, moment),
        childRuns(ask, runId, shownChildren, moment),
      ])
      const sets = await assetSets(ask, aliases, [...new Set(rows.flatMap((row) => row.inputSets))])
      return rows.map((observed) => {
        const row = withCanonicalOutputs(observed, aliases)
        const own = children.filter(
          (child) => child.parentJobNamespace === row.jobNamespace && child.parentJobName === row.jobName,
        )
        const items = own.map(({ parentJobNamespace: _, parentJobName: __, siblings: ___, ...child }) => child)
        return runOf(row, union(row.inputSets.map((setId) => sets.of(setId))), { total: own[0]?.siblings ?? 0, items })
      })
    },
    async jobRuns({ limit, ...filter }) {
      const [aliases, rows] = await Promise.all([watch.current(), runsOfJob(ask, { ...filter, limit: limit + 1 })])
      return sliceOf(rows, limit, (row) => withCanonicalOutputs(row, aliases), placeOfRun)
    },
    async jobs({ limit, moment, ...filter }) {
      return listJobs(ask, await watch.current(), filter, limit, moment)
    },
    async jobCard(job, moment) {
      const [aliases, facts, runs, expired] = await Promise.all([
        watch.current(),
        jobFacts(ask, job, moment),
        jobRunsByState(ask, job, moment),
        expiredOfJob(ask, job, moment.horizon),
      ])
      if (facts.length === 0 && runs.length === 0) return undefined
      const success = runs.find(({ state }) => state === 'SUCCEEDED')
      const sets = await assetSets(ask, aliases, [...new Set(success?.inputSets)])
      const keys = { inputsOf: (setId: string) => sets.of(setId), canonical: aliases.canonical }
      return jobCardOf(job, facts, runs, expired, keys)
    },
    similarJobs: (job, limit) => similarJobs(ask, job, limit),
    async canonicalKey(asked) {
      const aliases = await watch.current()
      const { key } = trimPartitions(asked, trim)
      const isKnown = key === asked || (await summaries(aliases, [asked], {})).length > 0
      return aliases.canonical(isKnown ? asked : key)
    },
    async pinned() {
      const index = await watch.current()
      return catalogOf(ask, { current: async () => index, refresh: async () => index }, trim)
    },
    aliases: () => watch.current(),
    async refreshAliases() {
      await watch.refresh()
    },
    partitions: () => partitionStates(ask),
    horizon: () => horizon(ask),
    async problems() {
      const missing = await missingTables(ask)
      return missing.length === 0 ? [] : [`The database lacks tables: ${missing.join(', ')}`]
    },
  }
}

function checkOf({ jobNamespace, jobName, runId, ...check }: LatestCheckRow): AssetCard['checks'][number] {
  return { ...check, run: runId === '' ? null : { jobNamespace, jobName, runId } }
}

function runOf({ inputSets: _, ...row }: RunRow, inputs: string[], children: Run['children']): Run {
  const { parentJobNamespace, parentJobName, parentRunId, rootJobNamespace, rootJobName, rootRunId, ...run } = row
  return {
    ...run,
    metadata: joined(row.metadata.map(parsed)),
    inputs,
    parent: reference(parentJobNamespace, parentJobName, parentRunId),
    root: reference(rootJobNamespace, rootJobName, rootRunId),
    children,
  }
}

const withCanonicalOutputs = <Row extends { readonly outputs: readonly string[] }>(row: Row, aliases: AliasIndex) =>
  aliases.isEmpty
    ? { ...row, outputs: row.outputs.slice() }
    : { ...row, outputs: canonicalKeys(aliases, row.outputs).sort(compareKeys) }

const reference = (jobNamespace: string, jobName: string, runId: string) =>
  runId === '' ? null : { jobNamespace, jobName, runId }

const union = (sets: readonly (readonly string[])[]): string[] => [...new Set(sets.flat())].sort()

const parsed = (json: string) => JSON.parse(json) as Readonly<Record<string, unknown>>

/** Later entries win. Not by spreading: an entry may be called `__proto__`. */
const joined = <T>(records: readonly Readonly<Record<string, T>>[]): Record<string, T> =>
  Object.fromEntries(records.flatMap((record) => Object.entries(record)))
