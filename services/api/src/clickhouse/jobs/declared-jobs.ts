import type { Moment } from '@headwater/lineage'
import type { JobKey } from '../../catalog/asset-catalog.ts'
import type { Ask } from '../query.ts'
import { type JobFilter, jobConditions } from './job-filter.ts'

export type DeclaredJobRow = JobKey & {
  /** JSON; empty when it is not said. */
  readonly type: string
  /** JSON; empty when it is not said. */
  readonly lineage: string
}

/** Jobs of which something is said and that have no run, by namespace and name. */
export function declaredJobs(
  ask: Ask,
  filter: JobFilter,
  limit: number,
  moment: Moment,
): Promise<readonly DeclaredJobRow[]> {
  const conditions = jobConditions(filter, moment)
  const latest = (facet: string) => `argMaxIf(value, (occurred_at, fact_id, value), facet = '${facet}')`
  return ask(
    'declared-jobs',
    `SELECT job_namespace AS jobNamespace, job_name AS jobName, ${latest('type')} AS type, ${latest('lineage')} AS lineage
     FROM job_facts WHERE ${conditions} AND (job_namespace, job_name) NOT IN (
       SELECT job_namespace, job_name FROM run_facts WHERE ${conditions} AND (job_namespace, job_name) IN (
         SELECT job_namespace, job_name FROM job_facts WHERE ${conditions}))
     GROUP BY job_namespace, job_name ORDER BY job_namespace, job_name LIMIT {limit:UInt32}`,
    { q: filter.q, namespace: filter.namespace, ...filter.after, limit, ...moment },
  )
}
