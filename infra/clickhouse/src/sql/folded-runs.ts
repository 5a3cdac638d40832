import type { Moment } from '@headwater/lineage'
import { factsWithin, timeParameter } from './within.ts'

/**
 * SQL: the runs of those rows of run_facts AS f that `condition` lets through and that count at the moment, one row each, folded as `foldRun` of
 * @headwater/lineage does. Filters on what a run became belong outside, for they must not part the events of a run.
 */
export const foldedRuns = (
  condition: string,
  moment: Moment,
  { asOfName, ofOldOnes = false }: FoldOptions = {},
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
  FROM run_facts AS f ${ofOldOnes ? 'FINAL' : ''} WHERE ${condition} AND ${factsWithin(moment, 'f.', asOfName)}
  GROUP BY f.job_namespace, f.job_name, f.run_id ${ofOldOnes ? havingOldOnes : ''}
)`

export type FoldOptions = {
  /** The parameter of the moment's asOf, where one query looks at two moments. */
  readonly asOfName?: string
  /** Only runs of which every event occurred and was recorded before {horizon}. */
  readonly ofOldOnes?: boolean
}

const havingOldOnes = `HAVING max(f.occurred_at) < ${timeParameter('horizon')} AND max(f.recorded_at) < ${timeParameter('horizon')}`

const latest = '(f.occurred_at, f.fact_id)'

/** The latest text that is stated, or NULL. */
function latestText(column: string): string {
  return `nullIf(toString(argMaxIf(${column}, ${latest}, ${column} != '')), '')`
}

/** What the events of a run state, the latest last. */
function inOrder(columns: string, isStated: string): string {
  return `arrayMap(said -> said.3, arraySort(groupArrayIf((f.occurred_at, f.fact_id, ${columns}), ${isStated})))`
}
