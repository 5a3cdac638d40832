import { factsWithin, writers } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { Ask } from '../ask.ts'
import type { Metric } from '../contract.ts'

export type MeasuredMetric = Omit<Metric, 'run'>

/** The latest value of each metric of an asset that runs measured. */
export function latestMetrics(ask: Ask, key: string, moment: Moment): Promise<readonly MeasuredMetric[]> {
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
         SELECT occurred_at, fact_id, job_namespace, job_name, run_id, output_metrics[indexOf(outputs, {key:String})] AS metrics
         FROM run_facts WHERE (job_namespace, job_name) IN (${writers('[{key:String}]')}) AND has(outputs, {key:String})
           AND ${factsWithin(moment)}
       ) ARRAY JOIN mapKeys(metrics) AS metric, mapValues(metrics) AS value
       GROUP BY metric
     ) ORDER BY name`,
    { key, ...moment },
  )
}
