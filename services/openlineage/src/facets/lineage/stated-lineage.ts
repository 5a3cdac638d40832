import { isObject, own, ownEntries, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader, Reading } from '../facet-set.ts'
import { listReading } from '../list-reading.ts'
import { readTransformations, type Transformation } from './transformations.ts'

/** Another dataset or job; a job without a name is the event's own. */
export type LineageSource =
  | {
      readonly kind: 'dataset'
      readonly namespace: string
      readonly name: string
      readonly field: string | undefined
      readonly transformations: readonly Transformation[]
    }
  | { readonly kind: 'job'; readonly namespace: string | undefined; readonly name: string | undefined }

/** What a dataset or job is made of, as someone who knows says. No `inputs` says nothing, an empty list that there are none. */
export type StatedLineage = {
  readonly inputs: readonly LineageSource[] | undefined
  readonly fields: readonly { readonly column: string; readonly inputs: readonly LineageSource[] }[]
}

export type LineageEntry = StatedLineage & {
  readonly target: Pick<LineageSource, 'kind' | 'namespace' | 'name'>
}

/** Lineage of one dataset. The facet is kept too: it may name jobs, which are no assets. */
export const readDatasetLineage: FacetReader<StatedLineage> = (facet) => {
  const { value, keep } = statedLineage(facet)
  return { value, keep: keep === 'malformed' ? keep : 'facet' }
}

/** Lineage by target, from a job's or run's facet, which is kept too. */
export const readJobLineage: FacetReader<readonly LineageEntry[]> = (facet) => {
  if (!Array.isArray(own(facet, 'entries'))) return undefined
  const { value, keep } = listReading(own(facet, 'entries'), readEntry)
  return { value, keep: keep === 'malformed' ? keep : 'facet' }
}

function readEntry(entry: unknown) {
  const target = readSource(entry)
  if (target === undefined) return undefined
  const { value } = statedLineage(entry)
  return { value: { ...value, target }, isAll: true }
}

function statedLineage(value: unknown): Reading<StatedLineage> {
  const inputs = own(value, 'inputs')
  const read = listReading(inputs, entryOf)
  const fields = ownEntries(own(value, 'fields')).map(([column, entry]) => {
    const sources = listReading(own(entry, 'inputs'), entryOf)
    return { column: wellFormed(column), inputs: sources.value, keep: sources.keep }
  })
  const isBad = read.keep === 'malformed' || fields.some(({ keep }) => keep === 'malformed')
  return {
    value: {
      inputs: Array.isArray(inputs) ? read.value : undefined,
      fields: fields.map(({ column, inputs: sources }) => ({ column, inputs: sources })),
    },
    keep: isBad ? 'malformed' : 'nothing',
  }
}

function entryOf(entry: unknown) {
  const value = readSource(entry)
  return value === undefined ? undefined : { value, isAll: true }
}

function readSource(entry: unknown): LineageSource | undefined {
  if (!isObject(entry)) return undefined
  const namespace = ownText(entry, 'namespace')
  const name = ownText(entry, 'name')
  const field = ownText(entry, 'field')
  const type = ownText(entry, 'type')?.toUpperCase() ?? 'DATASET'
  if (type === 'JOB') return { kind: 'job', namespace, name }
  if (type !== 'DATASET' || namespace === undefined || name === undefined) return undefined
  return { kind: 'dataset', namespace, name, field, transformations: readTransformations(entry) }
}
