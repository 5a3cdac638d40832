import { within } from '@headwater/clickhouse'
import type { JobIdentity, Moment } from '@headwater/lineage'
import type { JobFilter } from '../../catalog/job-reader.ts'

/** A filter, and the job after which the page starts. */
export type JobSearch = JobFilter & { readonly after?: JobIdentity | undefined }

/** SQL: true for rows of jobs that match the filter but for `children`. */
export function jobConditions(search: JobSearch, moment: Moment): string {
  const conditions = [within(moment)]
  if (search.namespace !== undefined) conditions.push('job_namespace = {namespace:String}')
  if (search.q !== undefined) conditions.push('position(lower(job_name), lower({q:String})) > 0')
  if (search.after !== undefined) {
    conditions.push('(job_namespace, job_name) > ({jobNamespace:String}, {jobName:String})')
  }
  return conditions.join(' AND ')
}
