type Metrics = Readonly<Record<string, number>>

/** OpenLineage has properties for three metrics, all of them non-negative integers. */
const statistics: Readonly<Record<string, string>> = { rows: 'rowCount', bytes: 'size', files: 'fileCount' }

/** Metrics of one write of an asset. */
export function outputMetricFacets(metrics: Metrics): Readonly<Record<string, object | undefined>> {
  return { outputStatistics: statisticsNamed(metrics, statistics), headwater_metrics: otherMetrics(metrics) }
}

/** Metrics of an asset, measured outside of the runs that wrote it. */
export function assetMetricFacets(metrics: Metrics): Readonly<Record<string, object | undefined>> {
  const known = statisticsNamed(metrics, { ...statistics, bytes: 'bytes' })
  return {
    dataQualityMetrics: known === undefined ? undefined : { ...known, columnMetrics: {} },
    headwater_metrics: otherMetrics(metrics),
  }
}

const isStatistic = (name: string, value: number): boolean =>
  Object.hasOwn(statistics, name) && Number.isSafeInteger(value) && value >= 0

function statisticsNamed(metrics: Metrics, names: Readonly<Record<string, string>>): object | undefined {
  const entries = Object.entries(metrics).filter(([name, value]) => isStatistic(name, value))
  return entries.length === 0 ? undefined : Object.fromEntries(entries.map(([name, value]) => [names[name], value]))
}

/** All other metrics, except NaN and infinities, which JSON does not have. */
function otherMetrics(metrics: Metrics): object | undefined {
  const entries = Object.entries(metrics).filter(([name, value]) => !isStatistic(name, value) && Number.isFinite(value))
  return entries.length === 0 ? undefined : { metrics: Object.fromEntries(entries) }
}
