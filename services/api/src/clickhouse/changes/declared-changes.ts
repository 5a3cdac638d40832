import { elementsOf, timeParameter, within, writers } from '@headwater/clickhouse'
import { anyDeclared, declaredOf } from '../edges/declared-links.ts'
import { meant } from '../key-scope.ts'
import type { Ask } from '../query.ts'
import { rowsOf } from '../rows-of.ts'
import { inSpan, type Span, type SpanScope } from './changed-pairs.ts'

type Job = { readonly jobNamespace: string; readonly jobName: string }

/** A link between assets that a job's latest declaration names at one of two moments at least. Times are epoch milliseconds. */
export type DeclaredChange = Job & {
  readonly from: string
  readonly to: string
  readonly isDeclaredBefore: boolean
  readonly isDeclaredAfter: boolean
  /** The first of the unbroken row of declarations that names it, up to the last that does. */
  readonly cameAt: number
  /** The declaration after the last that names it; at the earliest time there is where none follows. */
  readonly wentAt: number
}

/**
 * What jobs declare at two moments: those that declared something between them, and `jobs`.
 */
export function declaredChanges(
  ask: Ask,
  span: Span,
  jobs: readonly Job[],
  scope: SpanScope,
): Promise<readonly DeclaredChange[]> {
  const [ofAssets, intoAssets] = scope.isWhole
    ? ['', '']
    : [
        `AND (job_namespace, job_name) IN (${writers('{assets:Array(String)}')})`,
        `AND declared.1 IN ${elementsOf('{assets:Array(String)}')}`,
      ]
  return ask(
    'declared-changes',
    `SELECT job_namespace AS jobNamespace, job_name AS jobName, ${meant(scope, 'input')} AS from, ${meant(scope, 'declared.1')} AS to,
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
               UNION DISTINCT ${rowsOf('namespaces', 'names')})
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
