import { within } from '@headwater/clickhouse'
import { compareKeys, type JobIdentity, type Moment } from '@headwater/lineage'
import type { RunState } from '../../catalog/run-reader.ts'
import { type JobCard, runStates } from '../../contract/index.ts'
import { assetSets } from '../edges/asset-sets.ts'
import { type FactRow, factOf, metadataOf } from '../fact-values.ts'
import { placeOfRun } from '../page-of-rows.ts'
import { expiredOfJob } from '../runs/expired-runs.ts'
import type { Tables } from '../tables.ts'
import { type JobRunsRow, jobRunsByState } from './job-runs-by-state.ts'

const shownOutputs = 1_000

type Card = Omit<JobCard, 'position' | 'lagMs' | 'completeness'>

/** Everything about one job; undefined where no event names it. */
export async function jobCard(tables: Tables, job: JobIdentity, moment: Moment): Promise<Card | undefined> {
  const [facts, runs, expired] = await Promise.all([
    jobFacts(tables, job, moment),
    jobRunsByState(tables, job, moment),
    expiredOfJob(tables, job, moment.horizon),
  ])
  if (facts.length === 0 && runs.length === 0) return undefined
  const { canonical } = tables.aliases
  const outputs = [...new Set(runs.flatMap((row) => row.outputs.map(canonical)))].sort()
  return {
    ...{ jobNamespace: job.jobNamespace, jobName: job.jobName },
    ...describedBy(facts, runs),
    runs: runCountsOf(runs, expired),
    lastRuns: runs
      .toSorted(latestFirst)
      .map(({ jobType: _, count: __, inputSets: ___, outputs: ____, ...outcome }) => outcome),
    outputs: outputs.slice(0, shownOutputs),
    outputCount: outputs.length,
    inputs: await inputsOfLatestSuccess(tables, runs),
    declared: declaredBy(factOf<JobCard['declared']>(facts, 'lineage') ?? [], canonical),
  }
}

/** The latest value of each facet and subject. */
function jobFacts({ query }: Tables, job: JobIdentity, moment: Moment): Promise<readonly FactRow[]> {
  return query(
    'job-facts',
    `SELECT facet, subject, argMax(value, (occurred_at, fact_id, value)) AS value FROM job_facts
     WHERE job_namespace = {jobNamespace:String} AND job_name = {jobName:String} AND ${within(moment)}
     GROUP BY facet, subject ORDER BY facet, subject`,
    { ...job, ...moment },
  )
}

const describedBy = (facts: readonly FactRow[], runs: readonly JobRunsRow[]) => ({
  jobType: factOf<string>(facts, 'type') ?? runs.toSorted(latestFirst)[0]?.jobType ?? null,
  description: factOf<string>(facts, 'description') ?? null,
  owners: factOf<string[]>(facts, 'owners') ?? [],
  tags: factOf<string[]>(facts, 'tags') ?? [],
  metadata: metadataOf(facts),
})

const latestFirst = (a: JobRunsRow, b: JobRunsRow): number =>
  placeOfRun(b).at - placeOfRun(a).at || compareKeys(b.runId, a.runId)

function runCountsOf(runs: readonly JobRunsRow[], expired: ReadonlyMap<RunState, number>): JobCard['runs'] {
  const counts = new Map(runs.map(({ state, count }) => [state, count]))
  return Object.fromEntries(
    runStates.map((state) => [state, (counts.get(state) ?? 0) + (expired.get(state) ?? 0)]),
  ) as JobCard['runs']
}

async function inputsOfLatestSuccess(tables: Tables, runs: readonly JobRunsRow[]): Promise<string[]> {
  const setIds = [...new Set(runs.find(({ state }) => state === 'SUCCEEDED')?.inputSets)]
  const sets = await assetSets(tables, setIds)
  return [...new Set(setIds.flatMap((setId) => sets.of(setId)))].sort()
}

/** What the job declares, by canonical output: declarations for several keys of one asset are joined. */
function declaredBy(lineage: JobCard['declared'], canonical: (key: string) => string): JobCard['declared'] {
  const outputs = new Map<string, string[]>()
  for (const { output, inputs } of lineage) {
    const asset = canonical(output)
    outputs.set(asset, [...(outputs.get(asset) ?? []), ...inputs.map(canonical)])
  }
  return [...outputs]
    .map(([output, inputs]) => ({ output, inputs: [...new Set(inputs)].sort() }))
    .sort((a, b) => compareKeys(a.output, b.output))
}
