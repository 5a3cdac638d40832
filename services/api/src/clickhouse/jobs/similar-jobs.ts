import type { JobIdentity } from '@headwater/lineage'
import type { Tables } from '../tables.ts'

const candidates = 1_000

/** Jobs with a similar name, the nearest by edit distance first. Considers at most `candidates` jobs of each table. */
export function similarJobs({ query }: Tables, job: JobIdentity, limit: number): Promise<readonly JobIdentity[]> {
  const [word = ''] = job.jobName.split(/[^\p{L}\p{N}]+/u).toSorted((a, b) => b.length - a.length)
  const matching = (table: string) => `SELECT job_namespace, job_name FROM ${table}
    WHERE job_namespace = {jobNamespace:String} OR job_name = {jobName:String}
      OR (length({word:String}) > 2 AND position(lower(job_name), lower({word:String})) > 0)
    GROUP BY job_namespace, job_name LIMIT ${candidates}`
  const distance = `editDistance(concat(job_namespace, '/', job_name), concat({jobNamespace:String}, '/', {jobName:String}))`
  return query(
    'similar-jobs',
    `SELECT job_namespace AS jobNamespace, job_name AS jobName
     FROM (${matching('asset_writes')} UNION DISTINCT ${matching('asset_reads')} UNION DISTINCT ${matching('job_facts')})
     WHERE ${distance} <= (length({jobNamespace:String}) + length({jobName:String})) / 2
     ORDER BY ${distance}, job_namespace, job_name LIMIT {limit:UInt32}`,
    { ...job, word, limit },
  )
}
