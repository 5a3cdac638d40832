import type { Moment } from '@headwater/lineage'
import type { Ask } from './ask.ts'
import { assetSummaryOf, factsOf, healthOf, metricsOf, outcomesOf } from './asset-card.ts'
import type { AssetCatalog } from './asset-catalog.ts'
import { clickHouseColumnLinks } from './clickhouse-column-links.ts'
import { clickHouseEdges } from './clickhouse-edges.ts'
import type { AssetCard, AssetSummary, Column, JobSummary, Run } from './contract.ts'
import { edgeChanges } from './edge-changes.ts'
import { jobCardOf } from './job-card.ts'
import { assetFacts } from './queries/asset-facts.ts'
import { assetKeys } from './queries/asset-keys.ts'
import { assetSummaries } from './queries/asset-summaries.ts'
import { childRuns } from './queries/child-runs.ts'
import { expiredByState, expiredOfJob, expiredOfJobs } from './queries/expired-runs.ts'
import { horizon } from './queries/horizon.ts'
import { inputSets } from './queries/input-sets.ts'
import { jobFacts } from './queries/job-facts.ts'
import { hiddenJobs, jobRows } from './queries/job-rows.ts'
import { jobRunsByState } from './queries/job-runs-by-state.ts'
import { type LatestCheckRow, latestChecks } from './queries/latest-checks.ts'
import { latestMetrics } from './queries/latest-metrics.ts'
import { materializationRows } from './queries/materialization-rows.ts'
import { missingTables } from './queries/missing-tables.ts'
import { outcomesByState } from './queries/outcomes-by-state.ts'
import { partitionStates } from './queries/partition-states.ts'
import { platformCounts } from './queries/platform-counts.ts'
import { type RunRow, runsById, runsOfJob } from './queries/run-rows.ts'
import { schemas } from './queries/schemas.ts'
import { similarJobs } from './queries/similar-jobs.ts'
import { similarKeys } from './queries/similar-keys.ts'
import { placeOfRun, sliceOf } from './slice.ts'

const shownChildren = 100

/** Answers from the tables of infra/clickhouse. */
export function createClickHouseAssetCatalog(ask: Ask): AssetCatalog {
  async function summaries(keys: readonly string[], moment: Moment): Promise<readonly AssetSummary[]> {
    return keys.length === 0 ? [] : (await assetSummaries(ask, keys, moment)).map(assetSummaryOf)
  }

  return {
    async assets({ limit, ...filter }) {
      const keys = await assetKeys(ask, filter, limit + 1)
      const byKey = new Map((await summaries(keys.slice(0, limit), {})).map((summary) => [summary.key, summary]))
      const { items, next } = sliceOf(
        keys,
        limit,
        (key) => byKey.get(key),
        (key) => key,
      )
      return { items: items.filter((item) => item !== undefined), next }
    },
    async assetFacets(filter) {
      const platforms = (await platformCounts(ask, filter)).slice()
      const matching = platforms.filter(({ platform }) => [undefined, platform].includes(filter.platform))
      return { total: matching.reduce((total, { count }) => total + count, 0), platforms }
    },
    assetSummaries: summaries,
    async assetCard(key, moment) {
      const view = { moment, edges: { kind: 'current' } } as const
      const [[summary], facts, outcomes, expired, checks, metrics, upstream, downstream] = await Promise.all([
        summaries([key], moment),
        assetFacts(ask, key, moment),
        outcomesByState(ask, key, moment),
        expiredByState(ask, key, moment.horizon),
        latestChecks(ask, key, moment),
        latestMetrics(ask, key, moment),
        clickHouseEdges(ask, [key], 'upstream', view),
        clickHouseEdges(ask, [key], 'downstream', view),
      ])
      if (summary === undefined) return undefined
      const { platform, name, owners, ownersFrom, firstSeen, lastSeen, dropped } = summary
      return {
        ...{ key, platform, name, owners, ownersFrom, firstSeen, lastSeen, dropped },
        ...factsOf(facts),
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
    similarKeys: (key, limit) => similarKeys(ask, key, limit),
    async materializations({ limit, ...filter }) {
      const rows = await materializationRows(ask, { ...filter, limit: limit + 1 })
      const members = await inputSets(ask, [...new Set(rows.flatMap((row) => row.inputSets))])
      return sliceOf(
        rows,
        limit,
        ({ metadata, metrics, isExplicit, inputSets: setIds, ...row }) => ({
          ...row,
          metadata: joined(metadata.map(parsed)),
          inputs: union(setIds, members),
          assertion: isExplicit ? ('explicit' as const) : ('run' as const),
          metrics: joined(metrics),
        }),
        placeOfRun,
      )
    },
    edges: (keys, direction, view) => clickHouseEdges(ask, keys, direction, view),
    edgeChanges: (span, among) => edgeChanges(ask, span, among),
    columnLinks: (selected, direction, moment) => clickHouseColumnLinks(ask, selected, direction, moment),
    async schemas(keys, moment) {
      const rows = await schemas(ask, keys, moment)
      return new Map(rows.map(({ key, schema }) => [key, JSON.parse(schema) as readonly Column[]]))
    },
    async runs(runId, moment) {
      const [rows, children] = await Promise.all([
        runsById(ask, runId, moment),
        childRuns(ask, runId, shownChildren, moment),
      ])
      const members = await inputSets(ask, [...new Set(rows.flatMap((row) => row.inputSets))])
      return rows.map((row) => {
        const own = children.filter(
          (child) => child.parentJobNamespace === row.jobNamespace && child.parentJobName === row.jobName,
        )
        const items = own.map(({ parentJobNamespace: _, parentJobName: __, siblings: ___, ...child }) => child)
        return runOf(row, union(row.inputSets, members), { total: own[0]?.siblings ?? 0, items })
      })
    },
    async jobRuns({ limit, ...filter }) {
      return sliceOf(await runsOfJob(ask, { ...filter, limit: limit + 1 }), limit, (row) => row, placeOfRun)
    },
    async jobs({ limit, moment, ...filter }) {
      const rows = await jobRows(ask, filter, limit + 1, moment)
      const [expired, hidden] = await Promise.all([
        expiredOfJobs(ask, rows, moment.horizon),
        hiddenJobs(ask, filter, rows[limit] && rows[limit - 1], moment),
      ])
      const slice = sliceOf(
        rows.map((row, index) => ({ ...row, runs: row.runs + (expired[index] ?? 0) })),
        limit,
        ({ jobType, runs, outputs, outputCount, ...lastRun }): JobSummary => {
          const { jobNamespace, jobName } = lastRun
          return { jobNamespace, jobName, jobType, runs, lastRun, outputs: outputs.slice(), outputCount }
        },
        ({ jobNamespace, jobName }) => ({ jobNamespace, jobName }),
      )
      return { ...slice, hidden }
    },
    async jobCard(job, moment) {
      const [facts, runs, expired] = await Promise.all([
        jobFacts(ask, job, moment),
        jobRunsByState(ask, job, moment),
        expiredOfJob(ask, job, moment.horizon),
      ])
      if (facts.length === 0 && runs.length === 0) return undefined
      const success = runs.find(({ state }) => state === 'SUCCEEDED')
      const members = await inputSets(ask, [...new Set(success?.inputSets)])
      return jobCardOf(job, facts, runs, expired, (setId) => members.get(setId) ?? [])
    },
    similarJobs: (job, limit) => similarJobs(ask, job, limit),
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

const reference = (jobNamespace: string, jobName: string, runId: string) =>
  runId === '' ? null : { jobNamespace, jobName, runId }

const union = (setIds: readonly string[], members: ReadonlyMap<string, readonly string[]>): string[] =>
  [...new Set(setIds.flatMap((setId) => members.get(setId) ?? []))].sort()

const parsed = (json: string) => JSON.parse(json) as Readonly<Record<string, unknown>>

/** Later entries win. Not by spreading: an entry may be called `__proto__`. */
const joined = <T>(records: readonly Readonly<Record<string, T>>[]): Record<string, T> =>
  Object.fromEntries(records.flatMap((record) => Object.entries(record)))
