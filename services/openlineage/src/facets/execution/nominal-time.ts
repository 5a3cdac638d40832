import { readTime } from '../../read/read-time.ts'
import { ownProperty, ownText } from '../../text/own-properties.ts'
import { type FacetReader, reading } from '../facet-set.ts'

export type NominalTime = { readonly start: number | null; readonly end: number | null }

/** The data interval of the run, in epoch milliseconds. */
export const readNominalTime: FacetReader<NominalTime> = (facet) => {
  const [start, end] = ['nominalStartTime', 'nominalEndTime'].map((name) => {
    const text = ownText(facet, name)
    return text === undefined ? (ownProperty(facet, name) === undefined ? null : undefined) : readTime(text)
  })
  const value = { start: start ?? null, end: end ?? null }
  if (start === undefined || end === undefined) return { value, keep: 'malformed' }
  return reading(value, facet, ['nominalStartTime', 'nominalEndTime'])
}
