import type { Span } from '../../catalog/change-reader.ts'
import { aliasParameters, mayHaveAliases } from '../aliases/may-have-aliases.ts'
import type { Tables } from '../tables.ts'
import { inSpan } from './span.ts'

/**
 * Keys that may have aliases, of the assets that may change in the span: those written by jobs with runs in the span, those in the
 * lineage of declaring jobs with events in the span, and those ever dropped.
 */
export async function aliasedKeys({ query, aliases }: Tables, span: Span): Promise<readonly string[]> {
  if (aliases.isEmpty) return []
  const rows = await query<{ key: string }>(
    'aliased-keys',
    `SELECT DISTINCT key FROM (
       SELECT asset AS key FROM asset_writes
       WHERE (job_namespace, job_name) IN (SELECT job_namespace, job_name FROM run_facts WHERE ${inSpan(span)})
       UNION DISTINCT SELECT asset AS key FROM asset_writes WHERE ${ofDeclaringJobs(span)}
       UNION DISTINCT SELECT asset AS key FROM asset_reads WHERE ${ofDeclaringJobs(span)}
       UNION DISTINCT SELECT asset AS key FROM asset_facts WHERE facet = 'dropped' AND subject = ''
     ) WHERE ${mayHaveAliases('key')}`,
    { ...span, ...aliasParameters(aliases) },
  )
  return rows.map(({ key }) => key)
}

const ofDeclaringJobs = (span: Span) => `(job_namespace, job_name) IN (
  SELECT job_namespace, job_name FROM job_facts WHERE facet = 'lineage' AND (${inSpan(span)} OR (job_namespace, job_name) IN (
    SELECT job_namespace, job_name FROM run_facts WHERE ${inSpan(span)})))`
