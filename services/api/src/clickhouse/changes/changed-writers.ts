import { elementsOf, foldedRuns, materializationsOf, writers } from '@headwater/clickhouse'
import type { ChangedWriter, Moment } from '@headwater/lineage'
import type { Span } from '../../catalog/change-reader.ts'
import type { Tables } from '../tables.ts'
import { inSpan, type SpanScope } from './span.ts'

/**
 * Writers whose latest success read other sets at the later moment than at the earlier one; of jobs that declare lineage, also those
 * with a success at only one of the moments. Only jobs with events in the span can have changed; their runs are folded at both moments.
 */
export function changedWriters(
  { query }: Tables,
  span: Span,
  scope: SpanScope,
  limit: number,
): Promise<readonly ChangedWriter[]> {
  const ofAssets = scope.isWhole ? '' : `AND (job_namespace, job_name) IN (${writers('{assets:Array(String)}')})`
  const latest = (asOfName: 'from' | 'to', moment: Moment) => `(
    SELECT asset, job_namespace, job_name, argMax(input_sets, (ended_at, run_id)) AS sets,
      toNullable(argMax(run_id, (ended_at, run_id))) AS latest_run
    FROM ${materializationsOf(
      foldedRuns(
        `(f.job_namespace, f.job_name) IN (
          SELECT job_namespace, job_name FROM run_facts WHERE ${inSpan(span)} ${ofAssets})`,
        moment,
        { asOfName },
      ),
      scope.canonical,
    )} WHERE state = 'SUCCEEDED' ${scope.isWhole ? '' : `AND asset IN ${elementsOf('{assets:Array(String)}')}`}
    GROUP BY asset, job_namespace, job_name)`
  const known = { knownAt: span.knownAt, horizon: span.horizon }
  return query(
    'changed-writers',
    `SELECT asset, job_namespace AS jobNamespace, job_name AS jobName,
       ifNull(a.latest_run, '') AS runBefore, ifNull(b.latest_run, '') AS runAfter,
       arrayMap(id -> toString(id), a.sets) AS setsBefore, arrayMap(id -> toString(id), b.sets) AS setsAfter
     FROM ${latest('from', { ...known, asOf: span.from })} AS a
     FULL JOIN ${latest('to', { ...known, asOf: span.to })} AS b USING (asset, job_namespace, job_name)
     WHERE a.sets != b.sets OR ((a.latest_run IS NULL) != (b.latest_run IS NULL) AND (job_namespace, job_name) IN (
       SELECT job_namespace, job_name FROM job_facts WHERE facet = 'lineage'))
     ORDER BY asset, job_namespace, job_name LIMIT {limit:UInt32}`,
    { ...span, assets: scope.keys, ...scope.aliases, limit },
  )
}
