import { elementsOf, timeParameter, within } from '@headwater/clickhouse'
import type { Ask } from '../ask.ts'
import { inSpan, type Span } from './changed-pairs.ts'

/**
 * Assets that may be dropped at one of the two moments and not at the other: dropped between them, or earlier and written between them.
 * @param assets where given, only those
 */
export async function dropCandidates(
  ask: Ask,
  span: Span,
  assets: readonly string[] | undefined,
): Promise<readonly string[]> {
  const rows = await ask<{ asset: string }>(
    'drop-candidates',
    `SELECT DISTINCT asset FROM asset_facts
     WHERE facet = 'dropped' AND subject = '' AND occurred_at <= ${timeParameter('to')} AND ${within({ knownAt: span.knownAt })}
       AND (occurred_at > ${timeParameter('from')} OR asset IN (
         SELECT arrayJoin(outputs) FROM run_facts WHERE (job_namespace, job_name, run_id) IN (
           SELECT job_namespace, job_name, run_id FROM run_facts WHERE ${inSpan(span)})))
       ${assets === undefined ? '' : `AND asset IN ${elementsOf('{assets:Array(String)}')}`}
     ORDER BY asset`,
    { ...span, assets },
  )
  return rows.map(({ asset }) => asset)
}
