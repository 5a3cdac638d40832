import { type JobIdentity, jobKey, latestEntries, type Run } from '@headwater/lineage'
import type { JobReader } from '../../src/catalog/job-reader.ts'
import { type JobCard, runStates } from '../../src/contract/index.ts'
import { byPlace, compare, type FoldedLog, factsOfJob, jobFact, outcomeOf, sliced } from './reference-answers.ts'

// Jobs, from the facts and runs that the domain folds.

const compareJobs = (a: JobIdentity, b: JobIdentity) =>
  compare(a.jobNamespace, b.jobNamespace) || compare(a.jobName, b.jobName)

const runsOf = ({ runs }: FoldedLog, job: JobIdentity) =>
  runs.filter((run) => jobKey(run) === jobKey(job)).sort(byPlace)

const outputsOf = (runs: readonly Run[]) => [...new Set(runs.flatMap(({ outputs }) => [...outputs.keys()]))].sort()

const declaredOutputs = (said: FoldedLog, job: JobIdentity) =>
  [...new Set((jobFact<JobCard['declared']>(said, job, 'lineage') ?? []).map(({ output }) => output))].sort()

export function jobsOf(said: FoldedLog, { q, namespace, children, after, limit }: Parameters<JobReader['list']>[0]) {
  const known = [...said.runs, ...said.jobFacts].map(({ jobNamespace, jobName }) => ({
    jobNamespace,
    jobName,
  }))
  const jobs = [...new Map(known.map((job) => [jobKey(job), job])).values()]
    .filter(({ jobNamespace }) => namespace === undefined || jobNamespace === namespace)
    .filter(({ jobName }) => q === undefined || jobName.toLowerCase().includes(q.toLowerCase()))
    .filter((job) => after === undefined || compareJobs(job, after) > 0)
    .sort(compareJobs)
  const isHidden = (job: JobIdentity) => {
    const own = runsOf(said, job)
    return !children && own.length > 0 && own.every(({ parent, outputs }) => parent !== null && outputs.size === 0)
  }
  const slice = sliced(
    jobs.filter((job) => !isHidden(job)),
    limit,
    (job) => {
      const own = runsOf(said, job)
      const last = own.at(-1)
      const outputs = last === undefined ? declaredOutputs(said, job) : outputsOf(own)
      return {
        ...job,
        jobType: (last === undefined ? jobFact<string>(said, job, 'type') : last.jobType) ?? null,
        runs: own.length,
        lastRun: last === undefined ? null : outcomeOf(last),
        outputs: outputs.slice(0, 20),
        outputCount: outputs.length,
      }
    },
    (job) => job,
  )
  const { next } = slice
  const before = next === null ? jobs : jobs.filter((job) => compareJobs(job, next) < 0)
  return { ...slice, hidden: before.filter(isHidden).length }
}

export function jobCardOf(said: FoldedLog, job: JobIdentity): Omit<JobCard, 'position' | 'lagMs'> | undefined {
  const [own, facts] = [runsOf(said, job), factsOfJob(said, job)]
  if (own.length === 0 && facts.length === 0) return undefined
  const success = own.findLast(({ state }) => state === 'SUCCEEDED')
  const outputs = outputsOf(own)
  const inputs = success === undefined ? [] : [success, ...success.outputs.values()].flatMap((read) => [...read.inputs])
  const declared = new Map<string, string[]>()
  for (const { output, inputs } of jobFact<JobCard['declared']>(said, job, 'lineage') ?? []) {
    declared.set(output, [...(declared.get(output) ?? []), ...inputs])
  }
  return {
    ...{ jobNamespace: job.jobNamespace, jobName: job.jobName },
    jobType: jobFact<string>(said, job, 'type') ?? own.at(-1)?.jobType ?? null,
    description: jobFact<string>(said, job, 'description') ?? null,
    owners: jobFact<string[]>(said, job, 'owners') ?? [],
    tags: jobFact<string[]>(said, job, 'tags') ?? [],
    metadata: latestEntries(facts, 'metadata'),
    runs: Object.fromEntries(
      runStates.map((state) => [state, own.filter((run) => run.state === state).length]),
    ) as JobCard['runs'],
    lastRuns: own
      .filter((run, index) => own.findLastIndex(({ state }) => state === run.state) === index)
      .toReversed()
      .map(outcomeOf),
    outputs,
    outputCount: outputs.length,
    inputs: [...new Set(inputs)].sort(),
    declared: [...declared]
      .map(([output, inputs]) => ({ output, inputs: [...new Set(inputs)].sort() }))
      .sort((a, b) => compare(a.output, b.output)),
  }
}
