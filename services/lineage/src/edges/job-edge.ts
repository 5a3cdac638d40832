import type { JobIdentity } from '../runs/job-identity.ts'

/** An edge through one job. */
export type JobEdge = JobIdentity & { readonly from: string; readonly to: string }

/** A job that writes an asset. */
export type Writer = JobIdentity & { readonly asset: string }

/** A run that wrote an asset. */
export type WritingRun = Writer & { readonly runId: string }

export const writerOf = ({ to, jobNamespace, jobName }: JobEdge): Writer => ({ asset: to, jobNamespace, jobName })

// Identities as one text, for maps and sets.

export const jobEdgeKey = ({ from, to, jobNamespace, jobName }: JobEdge): string =>
  JSON.stringify([from, to, jobNamespace, jobName])

export const writerKey = ({ asset, jobNamespace, jobName }: Writer): string =>
  JSON.stringify([asset, jobNamespace, jobName])

export const writingRunKey = ({ asset, jobNamespace, jobName, runId }: WritingRun): string =>
  JSON.stringify([asset, jobNamespace, jobName, runId])
