import { factsWithin, writers } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { Metric } from '../../contract/index.ts'
import type { KeyScope } from '../key-scope.ts'
import type { Ask } from '../query.ts'

export type MeasuredMetric = Omit<Metric, 'run'>

/** The latest value of each metric of an asset that runs measured. */
export function latestMetrics(ask: Ask, { keys }: KeyScope, moment: Moment): Promise<readonly MeasuredMetric[]> {
  return ask(
    'latest-metrics',
    `SELECT metric AS name, latest.1 AS value, latest.2 AS occurredAt,
       latest.3 AS jobNamespace, latest.4 AS jobName, latest.5 AS runId
     FROM (
       SELECT metric, argMax(
         (value, occurred_at, job_namespace, job_name, run_id),
         (occurred_at, job_namespace, job_name, run_id, fact_id)
       ) AS latest
       FROM (
         SELECT occurred_at, fact_id, job_namespace, job_name, run_id,
           arrayJoin(arrayFilter((said, output) -> has({keys:Array(String)}, output),
             arrayResize(output_metrics, length(outputs)), outputs)) AS metrics
         FROM run_facts WHERE (job_namespace, job_name) IN (${writers('{keys:Array(String)}')}) AND hasAny(outputs, {keys:Array(String)})
           AND ${factsWithin(moment)}
       ) ARRAY JOIN mapKeys(metrics) AS metric, mapValues(metrics) AS value
       GROUP BY metric
     ) ORDER BY name`,
    { keys, ...moment },
  )
}
