import { ownEntries, ownNumber, ownProperty } from '../../text/own-properties.ts'
import type { FacetReader } from '../facet-set.ts'

const names: ReadonlyMap<string, string> = new Map([
  ['rowCount', 'rows'],
  ['size', 'bytes'],
  ['fileCount', 'files'],
])

/** Metrics of what the run wrote: `rows`, `bytes`, `files`. */
export const readOutputStatistics: FacetReader<Readonly<Record<string, number>>> = (facet) => {
  const numbers = [...names].flatMap(([name, metric]) => {
    const value = ownNumber(facet, name)
    return value === undefined ? [] : [[metric, value] as const]
  })
  const rest = ownEntries(facet).filter(([name]) => !names.has(name))
  const isWhole = [...names.keys()].every(
    (name) => ownProperty(facet, name) === undefined || ownNumber(facet, name) !== undefined,
  )
  return { value: Object.fromEntries(numbers), keep: isWhole ? (rest.length === 0 ? 'nothing' : 'facet') : 'malformed' }
}
