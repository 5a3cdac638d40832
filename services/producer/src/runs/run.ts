import type { AssetProperties, Job, RunReference } from '@headwater/schemas'
import { Upstreams } from '../upstreams/upstreams.ts'
import type { Output } from './output.ts'

/** The interval of data that a run processes. Numbers are epoch milliseconds. */
export type DataInterval = { readonly start: number | Date; readonly end: number | Date }

export type RunIdentity = {
  readonly runId: string
  readonly job: Job
  readonly startedAt: number
  readonly parent: RunReference | null
  readonly root: RunReference | null
  readonly by: string | null
  /** Epoch milliseconds. */
  readonly interval: { readonly start: number; readonly end: number } | null
}

/** A run in progress. */
export type Run = RunIdentity & {
  /** Its inputs. */
  readonly upstreams: Upstreams
  /** Outputs by key. */
  readonly outputs: Map<string, Output>
  /** JSON texts by name. */
  readonly metadata: Map<string, string>
  /** Properties of its inputs, by key. */
  readonly described: Map<string, AssetProperties>
  /** False for runs of flows, which have no outputs. */
  readonly writes: boolean
  ended: boolean
}

export function newRun(identity: RunIdentity, maxUpstreams: number, writes: boolean): Run {
  return {
    ...identity,
    upstreams: new Upstreams(maxUpstreams),
    outputs: new Map(),
    metadata: new Map(),
    described: new Map(),
    writes,
    ended: false,
  }
}

export function referenceTo({ job, runId }: RunIdentity): RunReference {
  return { jobNamespace: job.namespace, jobName: job.name, runId }
}
