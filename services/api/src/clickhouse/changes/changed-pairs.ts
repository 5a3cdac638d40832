import { elementsOf, foldedRuns, materializationsOf, timeParameter, within, writers } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { KeyScope } from '../key-scope.ts'
import type { Ask } from '../query.ts'

export type Span = {
  /** Epoch milliseconds. */
  readonly from: number
  readonly to: number
  readonly knownAt?: number | undefined
  readonly horizon?: number | undefined
}

/**
 * An asset and a job whose latest success at the later of two moments read other sets than the latest one at the earlier; of jobs that
 * declare lineage also those that have a success at one of the moments alone.
 */
export type ChangedPair = {
  readonly asset: string
  readonly jobNamespace: string
  readonly jobName: string
  /** The latest success; empty where there is none. */
  readonly runBefore: string
  readonly runAfter: string
  readonly setsBefore: readonly string[]
  readonly setsAfter: readonly string[]
}

/** SQL: events between the two moments. */
export const inSpan = ({ knownAt }: Span): string =>
  `occurred_at > ${timeParameter('from')} AND occurred_at <= ${timeParameter('to')} AND ${within({ knownAt })}`

/** Which assets are looked at: those of the scope, or all of them, of which the scope has those that have aliases. */
export type SpanScope = KeyScope & { readonly isWhole: boolean }

/**
 * Only jobs with events in the span can have changed; their runs are folded at both moments.
 */
export function changedPairs(ask: Ask, span: Span, scope: SpanScope, limit: number): Promise<readonly ChangedPair[]> {
  const ofAssets = scope.isWhole ? '' : `AND (job_namespace, job_name) IN (${writers('{assets:Array(String)}')})`
  const latest = (asOfName: 'from' | 'to', moment: Moment) => `(
    SELECT asset, job_namespace, job_name, argMax(input_sets, (ended_at, run_id)) AS sets,
      argMax(run_id, (ended_at, run_id)) AS latest_run
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
  return ask(
    'changed-pairs',
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
