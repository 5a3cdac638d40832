import type { JobIdentity, Moment } from '@headwater/lineage'
import type { Run, RunOutcome, RunSummary } from '../contract/index.ts'
import type { Page, PageRequest, RunPlace } from './page.ts'

export type RunState = RunOutcome['state']

export interface RunReader {
  /** The runs with this id, by job: several jobs may share a run id. */
  byId(runId: string, moment: Moment): Promise<readonly Run[]>
  /** Runs of one job, latest first. */
  ofJob(
    filter: JobIdentity & { readonly state?: RunState | undefined; readonly moment: Moment } & PageRequest<RunPlace>,
  ): Promise<Page<RunSummary, RunPlace>>
}
