import { factsWithin, writers } from '@headwater/clickhouse'
import { compareKeys, type Moment } from '@headwater/lineage'
import type { Metric } from '../../contract/index.ts'
import type { AssetFactRow } from '../fact-values.ts'
import type { KeyScope } from '../key-scope.ts'
import type { Tables } from '../tables.ts'

export type MeasuredMetric = Omit<Metric, 'run'>

/** The latest value of each metric that runs measured. */
export function latestMetrics(
  { query }: Tables,
  { keys }: KeyScope,
  moment: Moment,
): Promise<readonly MeasuredMetric[]> {
  return query(
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
           arrayJoin(arrayFilter((measured, output) -> has({keys:Array(String)}, output),
             arrayResize(output_metrics, length(outputs)), outputs)) AS metrics
         FROM run_facts WHERE (job_namespace, job_name) IN (${writers('{keys:Array(String)}')}) AND hasAny(outputs, {keys:Array(String)})
           AND ${factsWithin(moment)}
       ) ARRAY JOIN mapKeys(metrics) AS metric, mapValues(metrics) AS value
       GROUP BY metric
     ) ORDER BY name`,
    { keys, ...moment },
  )
}

/** The latest value of each metric, measured by a run or reported outside runs; sorted by name. */
export function metricsOf(measured: readonly MeasuredMetric[], facts: readonly AssetFactRow[]): Metric[] {
  const metrics = new Map<string, Metric>()
  for (const { jobNamespace, jobName, runId, ...metric } of measured) {
    const run = { jobNamespace, jobName, runId }
    metrics.set(metric.name, { ...metric, run, ...run })
  }
  const withoutRun = { run: null, jobNamespace: '', jobName: '', runId: '' }
  for (const { subject: name, value, occurredAt } of facts.filter(({ facet }) => facet === 'metric')) {
    const known = metrics.get(name)
    if (known !== undefined && known.occurredAt >= occurredAt) continue
    metrics.set(name, { name, value: JSON.parse(value) as number, occurredAt, ...withoutRun })
  }
  return [...metrics.values()].sort((a, b) => compareKeys(a.name, b.name))
}
