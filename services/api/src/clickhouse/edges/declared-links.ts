import { elementsOf, within, writers } from '@headwater/clickhouse'
import type { DeclaredLink, Moment } from '@headwater/lineage'
import type { Tables } from '../tables.ts'

/** SQL: the outputs and inputs that a fact of the facet lineage declares; empty where it removes the declaration. */
export const declaredOf = (value: string): string =>
  `JSONExtract(${value}, 'Array(Tuple(output String, inputs Array(String)))')`

/** SQL: true when any job declares lineage. Most logs contain no declaration, and then the query ends here. */
export const anyDeclared = `(SELECT count() FROM (SELECT 1 FROM job_facts WHERE facet = 'lineage' LIMIT 1)) > 0`

/** Links that a job declares, or once declared, into (upstream) or out of (downstream) any of `keys`, which are all keys of the assets. */
export function declaredLinks(
  { query }: Tables,
  keys: readonly string[],
  direction: 'upstream' | 'downstream',
  moment: Moment,
): Promise<readonly DeclaredLink[]> {
  const jobs =
    direction === 'upstream'
      ? writers('{keys:Array(String)}')
      : `SELECT job_namespace, job_name FROM asset_reads WHERE asset IN ${elementsOf('{keys:Array(String)}')}`
  return query(
    'declared-links',
    `SELECT job_namespace AS jobNamespace, job_name AS jobName, input AS from, declared.1 AS to,
       toUnixTimestamp64Milli(min(occurred_at)) AS firstSeen, toUnixTimestamp64Milli(max(occurred_at)) AS lastSeen,
       toBool(max((occurred_at, fact_id)) = any(latest)) AS isLatest
     FROM (
       SELECT job_namespace, job_name, occurred_at, fact_id, arrayJoin(${declaredOf('value')}) AS declared,
         arrayJoin(declared.2) AS input, latest
       FROM (
         SELECT job_namespace, job_name, occurred_at, fact_id, value,
           max((occurred_at, fact_id)) OVER (PARTITION BY job_namespace, job_name) AS latest
         FROM job_facts
         WHERE ${anyDeclared} AND facet = 'lineage' AND (job_namespace, job_name) IN (${jobs}) AND ${within(moment)}
       )
     )
     WHERE ${direction === 'upstream' ? 'declared.1' : 'input'} IN ${elementsOf('{keys:Array(String)}')}
     GROUP BY job_namespace, job_name, from, to`,
    { keys, ...moment },
  )
}
