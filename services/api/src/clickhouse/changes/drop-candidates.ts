import { elementsOf, timeParameter, within } from '@headwater/clickhouse'
import type { Span } from '../../catalog/change-reader.ts'
import { canonicalKeySql } from '../key-scope.ts'
import type { Tables } from '../tables.ts'
import { inSpan, type SpanScope } from './span.ts'

/** Assets that may be dropped at only one of the moments: dropped between them, or dropped earlier and written between them. */
export async function dropCandidates({ query }: Tables, span: Span, scope: SpanScope): Promise<readonly string[]> {
  const rows = await query<{ dropped: string }>(
    'drop-candidates',
    `SELECT DISTINCT ${canonicalKeySql(scope, 'asset')} AS dropped FROM asset_facts
     WHERE facet = 'dropped' AND subject = '' AND occurred_at <= ${timeParameter('to')} AND ${within({ knownAt: span.knownAt })}
       AND (occurred_at > ${timeParameter('from')} OR dropped IN (
         SELECT ${canonicalKeySql(scope, 'output')} FROM run_facts ARRAY JOIN outputs AS output WHERE (job_namespace, job_name, run_id) IN (
           SELECT job_namespace, job_name, run_id FROM run_facts WHERE ${inSpan(span)})))
       ${scope.isWhole ? '' : `AND asset IN ${elementsOf('{assets:Array(String)}')}`}
     ORDER BY dropped`,
    { ...span, assets: scope.keys, ...scope.aliases },
  )
  return rows.map(({ dropped }) => dropped)
}
