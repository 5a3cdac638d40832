import { elementsOf, timeParameter, within, writers } from '@headwater/clickhouse'
import type { DeclaredChange, JobIdentity } from '@headwater/lineage'
import type { Span } from '../../catalog/change-reader.ts'
import { anyDeclared, declaredOf } from '../edges/declared-links.ts'
import { canonicalKeySql } from '../key-scope.ts'
import { parameterRows } from '../parameter-rows.ts'
import type { Tables } from '../tables.ts'
import { inSpan, type SpanScope } from './span.ts'

/** What jobs declare at two moments: `jobs`, and all jobs with a declaration between the moments. */
export function declaredChanges(
  { query }: Tables,
  span: Span,
  jobs: readonly JobIdentity[],
  scope: SpanScope,
): Promise<readonly DeclaredChange[]> {
  const [ofAssets, intoAssets] = scope.isWhole
    ? ['', '']
    : [
        `AND (job_namespace, job_name) IN (${writers('{assets:Array(String)}')})`,
        `AND declared.1 IN ${elementsOf('{assets:Array(String)}')}`,
      ]
  return query(
    'declared-changes',
    `SELECT job_namespace AS jobNamespace, job_name AS jobName, ${canonicalKeySql(scope, 'input')} AS from, ${canonicalKeySql(scope, 'declared.1')} AS to,
       toBool(countIf(place = places_before) > 0) AS isDeclaredBefore,
       toBool(countIf(place = places) > 0) AS isDeclaredAfter,
       arraySort(groupUniqArray((place, toUnixTimestamp64Milli(occurred_at)))) AS named,
       arrayFirst((at, i) -> at.1 - i = named[-1].1 - length(named), named, arrayEnumerate(named)).2 AS cameAt,
       toUnixTimestamp64Milli(argMax(next_at, place)) AS wentAt
     FROM (
       SELECT *, arrayJoin(${declaredOf('value')}) AS declared, arrayJoin(declared.2) AS input
       FROM (
         SELECT job_namespace, job_name, occurred_at, value, row_number() OVER w AS place,
           leadInFrame(occurred_at) OVER (w ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS next_at,
           count() OVER job AS places, countIf(occurred_at <= ${timeParameter('from')}) OVER job AS places_before
         FROM (
           SELECT job_namespace, job_name, occurred_at, fact_id, max(value) AS value FROM job_facts
           WHERE ${anyDeclared} AND facet = 'lineage' AND occurred_at <= ${timeParameter('to')}
             AND ${within({ knownAt: span.knownAt })} ${ofAssets}
             AND (job_namespace, job_name) IN (
               SELECT job_namespace, job_name FROM job_facts WHERE facet = 'lineage' AND ${inSpan(span)}
               UNION DISTINCT ${parameterRows('namespaces', 'names')})
           GROUP BY job_namespace, job_name, occurred_at, fact_id
         )
         WINDOW job AS (PARTITION BY job_namespace, job_name),
           w AS (PARTITION BY job_namespace, job_name ORDER BY occurred_at, fact_id)
       )
     )
     WHERE true ${intoAssets}
     GROUP BY job_namespace, job_name, from, to HAVING isDeclaredBefore OR isDeclaredAfter`,
    {
      ...{ ...span, assets: scope.keys, ...scope.aliases, namespaces: jobs.map(({ jobNamespace }) => jobNamespace) },
      names: jobs.map(({ jobName }) => jobName),
    },
  )
}
