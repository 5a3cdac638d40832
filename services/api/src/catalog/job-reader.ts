import type { JobIdentity, Moment } from '@headwater/lineage'
import type { JobCard, JobSummary } from '../contract/index.ts'
import type { Page, PageRequest } from './page.ts'

export type JobFilter = {
  /** Part of the name, ignoring the case of ASCII letters. */
  readonly q?: string | undefined
  readonly namespace?: string | undefined
  /** Include jobs whose every run is the child of another run and that wrote no asset. */
  readonly children: boolean
}

export interface JobReader {
  /** Matching jobs, sorted by namespace and name. `hidden` counts child jobs left out between `after` and the next page. */
  list(
    filter: JobFilter & { readonly moment: Moment } & PageRequest<JobIdentity>,
  ): Promise<Page<JobSummary, JobIdentity> & { readonly hidden: number }>
  card(job: JobIdentity, moment: Moment): Promise<Omit<JobCard, 'position' | 'lagMs' | 'completeness'> | undefined>
  /** Known jobs similar to this one, the nearest first. */
  similar(job: JobIdentity, limit: number): Promise<readonly JobIdentity[]>
}
