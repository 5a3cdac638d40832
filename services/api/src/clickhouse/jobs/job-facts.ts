import { within } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { JobKey } from '../../catalog/asset-catalog.ts'
import type { Ask } from '../query.ts'

export type JobFactRow = {
  readonly facet: string
  readonly subject: string
  /** JSON. */
  readonly value: string
}

/** What holds of a job beside its runs: of each facet and subject the latest. */
export function jobFacts(ask: Ask, job: JobKey, moment: Moment): Promise<readonly JobFactRow[]> {
  return ask(
    'job-facts',
    `SELECT facet, subject, argMax(value, (occurred_at, fact_id, value)) AS value FROM job_facts
     WHERE job_namespace = {jobNamespace:String} AND job_name = {jobName:String} AND ${within(moment)}
     GROUP BY facet, subject ORDER BY facet, subject`,
    { ...job, ...moment },
  )
}
