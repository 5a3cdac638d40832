import type { Moment } from '@headwater/lineage'
import { factsWithin, timeParameter } from './within.ts'

/**
 * SQL: one row per run, folded as `foldRun` of @headwater/lineage does, from the rows of run_facts AS f that meet `condition` and count
 * at the moment. Filter on folded columns outside: a condition in here must never separate the events of a run.
 */
export const foldedRuns = (
  condition: string,
  moment: Moment,
  { asOfName, oldOnly = false }: FoldOptions = {},
): string => `(
  SELECT f.job_namespace AS job_namespace, f.job_name AS job_name, f.run_id AS run_id, max(f.state) AS state,
    min(f.started_at) AS started_at,
    if(state IN ('SUCCEEDED', 'ABORTED', 'FAILED'), max((f.state, f.occurred_at)).2, NULL) AS ended_at,
    max(f.occurred_at) AS last_event_at, coalesce(ended_at, last_event_at) AS placed_at,
    argMax(f.nominal_start, ${latest}) AS nominal_start, argMax(f.nominal_end, ${latest}) AS nominal_end,
    ${latestText('f.job_type')} AS job_type, ${latestText('f.done_by')} AS done_by, ${latestText('f.error')} AS error,
    toString(argMax(f.producer, ${latest})) AS producer,
    argMaxIf((f.parent_job_namespace, f.parent_job_name, f.parent_run_id), ${latest}, f.parent_run_id != '') AS parent,
    argMaxIf((f.root_job_namespace, f.root_job_name, f.root_run_id), ${latest}, f.root_run_id != '') AS root,
    ${inOrder('f.metadata', "f.metadata != ''")} AS metadata,
    arraySort(groupUniqArrayIf(f.input_set, f.input_set != 0)) AS input_sets,
    arraySort(groupUniqArrayArray(f.outputs)) AS outputs,
    groupUniqArrayArray(
      arrayFilter(own -> own.2 != 0, arrayZip(f.outputs, arrayResize(f.own_sets, length(f.outputs))))
    ) AS own_sets,
    groupUniqArrayArray(
      arrayFilter(own -> own.2 != 0, arrayZip(f.outputs, arrayResize(f.output_columns, length(f.outputs))))
    ) AS own_columns,
    ${inOrder('(f.outputs, f.output_metadata, f.output_metrics)', 'notEmpty(f.output_metadata) OR notEmpty(f.output_metrics)')} AS stated
  FROM run_facts AS f ${oldOnly ? 'FINAL' : ''} WHERE ${condition} AND ${factsWithin(moment, 'f.', asOfName)}
  GROUP BY f.job_namespace, f.job_name, f.run_id ${oldOnly ? havingOldOnly : ''}
)`

export type FoldOptions = {
  /** Name of the asOf parameter, for a query that reads two moments. */
  readonly asOfName?: string
  /** Only runs whose every event occurred and was recorded before {horizon}. */
  readonly oldOnly?: boolean
}

const havingOldOnly = `HAVING max(f.occurred_at) < ${timeParameter('horizon')} AND max(f.recorded_at) < ${timeParameter('horizon')}`

const latest = '(f.occurred_at, f.fact_id)'

/** The latest stated text, or NULL. */
function latestText(column: string): string {
  return `nullIf(toString(argMaxIf(${column}, ${latest}, ${column} != '')), '')`
}

/** What the events of a run state, in order of time. */
function inOrder(columns: string, isStated: string): string {
  return `arrayMap(event -> event.3, arraySort(groupArrayIf((f.occurred_at, f.fact_id, ${columns}), ${isStated})))`
}
