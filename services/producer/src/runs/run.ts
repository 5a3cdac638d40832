import type { AssetProperties, Job, RunReference } from '@headwater/schemas'
import { Upstreams } from '../upstreams/upstreams.ts'
import type { Output } from './output.ts'

/** The span of data a run is for. */
export type DataInterval = { readonly start: number | Date; readonly end: number | Date }

export type RunIdentity = {
  readonly runId: string
  readonly job: Job
  readonly startedAt: number
  readonly parent: RunReference | null
  readonly root: RunReference | null
  readonly by: string | null
  /** Milliseconds since 1970. */
  readonly interval: { readonly start: number; readonly end: number } | null
}

/** What is known so far of a run under way. */
export type Run = RunIdentity & {
  /** What it read. */
  readonly upstreams: Upstreams
  /** By key. */
  readonly outputs: Map<string, Output>
  /** JSON texts by name. */
  readonly metadata: Map<string, string>
  /** Properties the run states of what it reads, by key. */
  readonly described: Map<string, AssetProperties>
  /** A flow's runs write nothing themselves. */
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
