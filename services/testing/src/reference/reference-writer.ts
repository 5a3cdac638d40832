import { type JobIdentity, jobKey, type Run } from '@headwater/lineage'
import { compareTuples } from './compare-tuples.ts'
import { type EndedRun, isFailure, isSuccess } from './ended-run.ts'

/** The ended runs of one job that have one asset among their outputs; successes in order. */
export type ReferenceWriter = JobIdentity & {
  readonly to: string
  readonly successes: EndedRun[]
  readonly failures: EndedRun[]
}

type Writers = ReadonlyMap<string, ReadonlyMap<string, ReferenceWriter>>

/** The writers by asset and job. Rule: successes of one writer are ordered by (endedAt, runId). */
export function writersOf(runs: readonly Run[]): Writers {
  const writers = new Map<string, Map<string, ReferenceWriter>>()
  for (const run of runs) {
    const { jobNamespace } = run
    for (const to of run.outputs.keys()) {
      const byJob = writers.get(to) ?? new Map<string, ReferenceWriter>()
      const none: ReferenceWriter = { to, jobNamespace, jobName: run.jobName, successes: [], failures: [] }
      const writer = byJob.get(jobKey(run)) ?? none
      if (isSuccess(run)) writer.successes.push(run)
      if (isFailure(run)) writer.failures.push(run)
      writers.set(to, byJob.set(jobKey(run), writer))
    }
  }
  for (const writer of [...writers.values()].flatMap((byJob) => [...byJob.values()])) {
    writer.successes.sort((a, b) => compareTuples([a.endedAt, a.runId], [b.endedAt, b.runId]))
  }
  return writers
}

/** The order of successes of one asset by any job. */
export const successOrder = (run: EndedRun) => [run.endedAt, run.jobNamespace, run.jobName, run.runId] as const
