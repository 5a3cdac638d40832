import { compareKeys, type JobIdentity, jobKey, latestEntries, latestValue, type Run } from '@headwater/lineage'
import type { JobReader } from '../../src/catalog/job-reader.ts'
import { type JobCard, runStates } from '../../src/contract/index.ts'
import { factsOfJob } from './asset-answers.ts'
import type { FoldedLog, TestLog } from './folded-log.ts'
import { byPlace, outcomeOf, outcomeOrNull, pageOf } from './run-answers.ts'

const mostOutputs = 20

export const inMemoryJobs = ({ folded }: TestLog): JobReader => ({
  list: async (filter) => listedJobs(folded(filter.moment), filter),
  card: async (job, moment) => cardOf(folded(moment), job),
  async similar({ jobNamespace }, limit) {
    const { items } = listedJobs(folded(), { namespace: jobNamespace, children: true, moment: {}, limit })
    return items.map(({ jobName }) => ({ jobNamespace, jobName }))
  },
})

function listedJobs(
  all: FoldedLog,
  { q = '', namespace, children, after, limit }: Parameters<JobReader['list']>[0],
): Awaited<ReturnType<JobReader['list']>> {
  const known = [...all.runs, ...all.jobFacts].map(({ jobNamespace, jobName }) => ({ jobNamespace, jobName }))
  const jobs = [...new Map(known.map((job) => [jobKey(job), job])).values()]
    .filter(({ jobNamespace }) => namespace === undefined || jobNamespace === namespace)
    .filter(({ jobName }) => jobName.toLowerCase().includes(q.toLowerCase()))
    .filter((job) => after === undefined || compareJobs(job, after) > 0)
    .sort(compareJobs)
  const isHidden = (job: JobIdentity) => !children && isChildWithoutOutput(runsOf(all, job))
  const page = pageOf(
    jobs.filter((job) => !isHidden(job)),
    limit,
    (job) => summaryOf(all, job),
    (job) => job,
  )
  const { next } = page
  const before = next === null ? jobs : jobs.filter((job) => compareJobs(job, next) < 0)
  return { ...page, hidden: before.filter(isHidden).length }
}

const isChildWithoutOutput = (runs: readonly Run[]) =>
  runs.length > 0 && runs.every(({ parent, outputs }) => parent !== null && outputs.size === 0)

function summaryOf(all: FoldedLog, job: JobIdentity) {
  const runs = runsOf(all, job)
  const last = runs.at(-1)
  const outputs = last === undefined ? declaredOutputs(all, job) : outputsOf(runs)
  return {
    ...job,
    jobType: (last === undefined ? latestValue<string>(factsOfJob(all, job), 'type') : last.jobType) ?? null,
    runs: runs.length,
    lastRun: outcomeOrNull(last),
    outputs: outputs.slice(0, mostOutputs),
    outputCount: outputs.length,
  }
}

function cardOf(all: FoldedLog, job: JobIdentity): Awaited<ReturnType<JobReader['card']>> {
  const [runs, facts] = [runsOf(all, job), factsOfJob(all, job)]
  if (runs.length === 0 && facts.length === 0) return undefined
  const success = runs.findLast(({ state }) => state === 'SUCCEEDED')
  const inputs = success === undefined ? [] : [success, ...success.outputs.values()].flatMap((read) => [...read.inputs])
  const outputs = outputsOf(runs)
  return {
    ...{ jobNamespace: job.jobNamespace, jobName: job.jobName },
    jobType: latestValue<string>(facts, 'type') ?? runs.at(-1)?.jobType ?? null,
    description: latestValue<string>(facts, 'description') ?? null,
    owners: latestValue<string[]>(facts, 'owners') ?? [],
    tags: latestValue<string[]>(facts, 'tags') ?? [],
    metadata: latestEntries(facts, 'metadata'),
    runs: Object.fromEntries(
      runStates.map((state) => [state, runs.filter((run) => run.state === state).length]),
    ) as JobCard['runs'],
    lastRuns: runs
      .filter((run, index) => runs.findLastIndex(({ state }) => state === run.state) === index)
      .toReversed()
      .map(outcomeOf),
    outputs,
    outputCount: outputs.length,
    inputs: [...new Set(inputs)].sort(),
    declared: declaredLineage(all, job),
  }
}

const compareJobs = (a: JobIdentity, b: JobIdentity) =>
  compareKeys(a.jobNamespace, b.jobNamespace) || compareKeys(a.jobName, b.jobName)

/** The runs of the job, the latest last. */
const runsOf = ({ runs }: FoldedLog, job: JobIdentity) =>
  runs.filter((run) => jobKey(run) === jobKey(job)).toSorted(byPlace)

const outputsOf = (runs: readonly Run[]) => [...new Set(runs.flatMap(({ outputs }) => [...outputs.keys()]))].sort()

const declaredOutputs = (all: FoldedLog, job: JobIdentity) => declaredLineage(all, job).map(({ output }) => output)

/** The job's latest declaration, one entry for each output. */
function declaredLineage(all: FoldedLog, job: JobIdentity): JobCard['declared'] {
  const declared = new Map<string, string[]>()
  for (const { output, inputs } of latestValue<JobCard['declared']>(factsOfJob(all, job), 'lineage') ?? []) {
    declared.set(output, [...(declared.get(output) ?? []), ...inputs])
  }
  return [...declared]
    .map(([output, inputs]) => ({ output, inputs: [...new Set(inputs)].sort() }))
    .sort((a, b) => compareKeys(a.output, b.output))
}
