import type { Ask } from '../ask.ts'
import type { Metric } from '../contract.ts'

/** The latest value of each metric of an asset. */
export function latestMetrics(ask: Ask, key: string): Promise<readonly Metric[]> {
  return ask(
    'latest-metrics',
    `SELECT metric AS name, latest.1 AS value, latest.2 AS occurredAt,
       latest.3 AS jobNamespace, latest.4 AS jobName, latest.5 AS runId
     FROM (
       SELECT metric, argMax(
         (value, occurred_at, job_namespace, job_name, run_id),
         (occurred_at, job_namespace, job_name, run_id, fact_id)
       ) AS latest
       FROM output_facts ARRAY JOIN mapKeys(metrics) AS metric, mapValues(metrics) AS value
       WHERE asset = {key:String} GROUP BY metric
     ) ORDER BY name`,
    { key },
  )
}
