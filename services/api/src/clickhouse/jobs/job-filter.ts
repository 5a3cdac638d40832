import { within } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { JobKey } from '../../catalog/asset-catalog.ts'

export type JobFilter = {
  readonly q?: string | undefined
  readonly namespace?: string | undefined
  /** Also jobs that only ever ran as children of others and wrote nothing. */
  readonly children: boolean
  readonly after?: JobKey | undefined
}

/** SQL: true for rows of jobs that match; `children` is not looked at. */
export function jobConditions(filter: JobFilter, moment: Moment): string {
  const conditions = [within(moment)]
  if (filter.namespace !== undefined) conditions.push('job_namespace = {namespace:String}')
  if (filter.q !== undefined) conditions.push('position(lower(job_name), lower({q:String})) > 0')
  if (filter.after !== undefined) {
    conditions.push('(job_namespace, job_name) > ({jobNamespace:String}, {jobName:String})')
  }
  return conditions.join(' AND ')
}
