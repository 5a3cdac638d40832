import type { MaterializationEvent } from '@headwater/schemas'
import type { JobIdentity } from './job-identity.ts'

/** What identifies a run: several jobs may share one run id. */
export type RunIdentity = JobIdentity & { readonly runId: string }

/** The identity as one text, for maps and sets. */
export const runKey = ({ jobNamespace, jobName, runId }: RunIdentity): string =>
  JSON.stringify([jobNamespace, jobName, runId])

/** The run that an event is about. */
export const runOf = ({ job, runId }: Pick<MaterializationEvent, 'job' | 'runId'>): RunIdentity => ({
  jobNamespace: job.namespace,
  jobName: job.name,
  runId,
})
