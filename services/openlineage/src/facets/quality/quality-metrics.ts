import { readTime } from '../../read/read-time.ts'
import { isObject, ownEntries, ownProperty, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader } from '../facet-set.ts'

export type QualityMetrics = {
  readonly metrics: Readonly<Record<string, number>>
  /** When the data last changed (ISO 8601). */
  readonly lastUpdated: string | undefined
}

const ofDataset = new Map([
  ['rowCount', 'rows'],
  ['bytes', 'bytes'],
  ['fileCount', 'files'],
])

/** Metrics by name: `rows`, `bytes`, `files`, and for columns e.g. `nullCount(amount)` and `quantile 0.5(amount)`. */
export const readQualityMetrics: FacetReader<QualityMetrics> = (facet) => {
  const metrics: [string, number][] = []
  let isWhole = true
  const add = (name: string, value: unknown) => {
    if (typeof value === 'number' && Number.isFinite(value)) metrics.push([wellFormed(name), value])
    else isWhole = false
  }
  for (const [name, value] of ownEntries(facet)) {
    const metric = ofDataset.get(name)
    if (metric !== undefined) add(metric, value)
    else if (name !== 'columnMetrics' && name !== 'lastUpdated') isWhole = false
  }
  const columns = ownProperty(facet, 'columnMetrics')
  if (columns !== undefined && !isObject(columns)) isWhole = false
  for (const [column, numbers] of ownEntries(columns)) {
    if (!isObject(numbers)) isWhole = false
    for (const [name, value] of ownEntries(numbers)) {
      if (name !== 'quantiles') add(`${name}(${column})`, value)
      else for (const [quantile, found] of ownEntries(value)) add(`quantile ${quantile}(${column})`, found)
    }
  }
  const text = ownText(facet, 'lastUpdated')
  const lastUpdated = text === undefined ? undefined : readTime(text)
  if (ownProperty(facet, 'lastUpdated') !== undefined && lastUpdated === undefined) isWhole = false
  metrics.sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    value: {
      metrics: Object.fromEntries(metrics),
      lastUpdated: lastUpdated === undefined ? undefined : new Date(lastUpdated).toISOString(),
    },
    keep: isWhole ? 'nothing' : 'malformed',
  }
}
