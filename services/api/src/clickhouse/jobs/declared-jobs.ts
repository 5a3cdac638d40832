import type { JobIdentity, Moment } from '@headwater/lineage'
import type { Tables } from '../tables.ts'
import { type JobSearch, jobConditions } from './job-conditions.ts'

export type DeclaredJobRow = JobIdentity & {
  /** JSON; empty where none was reported. */
  readonly type: string
  /** JSON; empty where none was reported. */
  readonly lineage: string
}

/** Jobs with facts but without a run, sorted by namespace and name. */
export function declaredJobs(
  { query }: Tables,
  search: JobSearch,
  limit: number,
  moment: Moment,
): Promise<readonly DeclaredJobRow[]> {
  const conditions = jobConditions(search, moment)
  const latest = (facet: string) => `argMaxIf(value, (occurred_at, fact_id, value), facet = '${facet}')`
  return query(
    'declared-jobs',
    `SELECT job_namespace AS jobNamespace, job_name AS jobName, ${latest('type')} AS type, ${latest('lineage')} AS lineage
     FROM job_facts WHERE ${conditions} AND (job_namespace, job_name) NOT IN (
       SELECT job_namespace, job_name FROM run_facts WHERE ${conditions} AND (job_namespace, job_name) IN (
         SELECT job_namespace, job_name FROM job_facts WHERE ${conditions}))
     GROUP BY job_namespace, job_name ORDER BY job_namespace, job_name LIMIT {limit:UInt32}`,
    { q: search.q, namespace: search.namespace, ...search.after, limit, ...moment },
  )
}
