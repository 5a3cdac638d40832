type Metrics = Readonly<Record<string, number>>

/** OpenLineage has names for three numbers, all of them whole. */
const statistics: Readonly<Record<string, string>> = { rows: 'rowCount', bytes: 'size', files: 'fileCount' }

/** Numbers about one writing of an asset. */
export function outputMetricFacets(metrics: Metrics): Readonly<Record<string, object | undefined>> {
  return { outputStatistics: ofNames(metrics, statistics), headwater_metrics: others(metrics) }
}

/** Numbers about an asset, measured outside the runs that wrote it. */
export function assetMetricFacets(metrics: Metrics): Readonly<Record<string, object | undefined>> {
  const known = ofNames(metrics, { ...statistics, bytes: 'bytes' })
  return {
    dataQualityMetrics: known === undefined ? undefined : { ...known, columnMetrics: {} },
    headwater_metrics: others(metrics),
  }
}

const isStatistic = (name: string, value: number): boolean =>
  Object.hasOwn(statistics, name) && Number.isSafeInteger(value) && value >= 0

function ofNames(metrics: Metrics, names: Readonly<Record<string, string>>): object | undefined {
  const entries = Object.entries(metrics).filter(([name, value]) => isStatistic(name, value))
  return entries.length === 0 ? undefined : Object.fromEntries(entries.map(([name, value]) => [names[name], value]))
}

/** JSON has no NaN and no infinity: they are left out. */
function others(metrics: Metrics): object | undefined {
  const entries = Object.entries(metrics).filter(([name, value]) => !isStatistic(name, value) && Number.isFinite(value))
  return entries.length === 0 ? undefined : { metrics: Object.fromEntries(entries) }
}
