import type { Ask } from '../ask.ts'

export type RunMetricsRow = {
  readonly jobNamespace: string
  readonly jobName: string
  readonly runId: string
  readonly metrics: Readonly<Record<string, number>>
}

/** Numbers that each of the runs stated of an asset; of a metric stated twice the latest value. */
export function runMetrics(ask: Ask, key: string, runIds: readonly string[]): Promise<readonly RunMetricsRow[]> {
  return ask(
    'run-metrics',
    `SELECT job_namespace AS jobNamespace, job_name AS jobName, run_id AS runId,
       CAST((groupArray(metric), groupArray(latest)), 'Map(String, Float64)') AS metrics
     FROM (
       SELECT job_namespace, job_name, run_id, metric, argMax(value, (occurred_at, fact_id, value)) AS latest
       FROM metrics WHERE asset = {key:String} AND run_id IN {runIds:Array(String)}
       GROUP BY job_namespace, job_name, run_id, metric
     ) GROUP BY job_namespace, job_name, run_id`,
    { key, runIds },
  )
}
