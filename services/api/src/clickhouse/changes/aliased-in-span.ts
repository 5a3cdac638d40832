import type { AliasIndex } from '@headwater/lineage'
import { isTouched, touchParameters } from '../aliases/touched-keys.ts'
import type { Ask } from '../query.ts'
import { inSpan, type Span } from './changed-pairs.ts'

/**
 * Keys that aliases may concern: of assets that jobs with events in the span write, of those that jobs declare lineage of which said
 * or ran something then, and of those that were dropped.
 */
export async function aliasedInSpan(ask: Ask, index: AliasIndex, span: Span): Promise<readonly string[]> {
  if (index.isEmpty) return []
  const rows = await ask<{ key: string }>(
    'aliased-in-span',
    `SELECT DISTINCT key FROM (
       SELECT asset AS key FROM asset_writes
       WHERE (job_namespace, job_name) IN (SELECT job_namespace, job_name FROM run_facts WHERE ${inSpan(span)})
       UNION DISTINCT SELECT asset AS key FROM asset_writes WHERE ${ofDeclaring(span)}
       UNION DISTINCT SELECT asset AS key FROM asset_reads WHERE ${ofDeclaring(span)}
       UNION DISTINCT SELECT asset AS key FROM asset_facts WHERE facet = 'dropped' AND subject = ''
     ) WHERE ${isTouched('key')}`,
    { ...span, ...touchParameters(index) },
  )
  return rows.map(({ key }) => key)
}

const ofDeclaring = (span: Span) => `(job_namespace, job_name) IN (
  SELECT job_namespace, job_name FROM job_facts WHERE facet = 'lineage' AND (${inSpan(span)} OR (job_namespace, job_name) IN (
    SELECT job_namespace, job_name FROM run_facts WHERE ${inSpan(span)})))`
