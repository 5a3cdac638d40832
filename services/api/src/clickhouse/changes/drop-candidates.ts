import { elementsOf, timeParameter, within } from '@headwater/clickhouse'
import { meant } from '../key-scope.ts'
import type { Ask } from '../query.ts'
import { inSpan, type Span, type SpanScope } from './changed-pairs.ts'

/**
 * Assets that may be dropped at one of the two moments and not at the other: dropped between them, or earlier and written between them.
 */
export async function dropCandidates(ask: Ask, span: Span, scope: SpanScope): Promise<readonly string[]> {
  const rows = await ask<{ dropped: string }>(
    'drop-candidates',
    `SELECT DISTINCT ${meant(scope, 'asset')} AS dropped FROM asset_facts
     WHERE facet = 'dropped' AND subject = '' AND occurred_at <= ${timeParameter('to')} AND ${within({ knownAt: span.knownAt })}
       AND (occurred_at > ${timeParameter('from')} OR dropped IN (
         SELECT ${meant(scope, 'output')} FROM run_facts ARRAY JOIN outputs AS output WHERE (job_namespace, job_name, run_id) IN (
           SELECT job_namespace, job_name, run_id FROM run_facts WHERE ${inSpan(span)})))
       ${scope.isWhole ? '' : `AND asset IN ${elementsOf('{assets:Array(String)}')}`}
     ORDER BY dropped`,
    { ...span, assets: scope.keys, ...scope.aliases },
  )
  return rows.map(({ dropped }) => dropped)
}
