import { isObject, ownEntries, ownProperty, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader, Reading } from '../facet-set.ts'
import { readList } from '../read-list.ts'
import { readTransformations, type Transformation } from './transformations.ts'

/** An upstream dataset or job. A job without a name is the job of the event. */
export type LineageSource =
  | {
      readonly kind: 'dataset'
      readonly namespace: string
      readonly name: string
      readonly field: string | undefined
      readonly transformations: readonly Transformation[]
    }
  | { readonly kind: 'job'; readonly namespace: string | undefined; readonly name: string | undefined }

/** The upstreams of a dataset or job as its producer states them. Missing `inputs` state nothing; an empty list states that there are none. */
export type ExplicitLineage = {
  readonly inputs: readonly LineageSource[] | undefined
  readonly fields: readonly { readonly column: string; readonly inputs: readonly LineageSource[] }[]
}

export type LineageEntry = ExplicitLineage & {
  readonly target: Pick<LineageSource, 'kind' | 'namespace' | 'name'>
}

/** Explicit lineage of one dataset. The facet is always kept: it can name jobs, which are not assets. */
export const readDatasetLineage: FacetReader<ExplicitLineage> = (facet) => {
  const { value, keep } = readExplicitLineage(facet)
  return { value, keep: keep === 'malformed' ? keep : 'facet' }
}

/** Explicit lineage by target, from the facet of a job or run. The facet is always kept. */
export const readJobLineage: FacetReader<readonly LineageEntry[]> = (facet) => {
  if (!Array.isArray(ownProperty(facet, 'entries'))) return undefined
  const { value, keep } = readList(ownProperty(facet, 'entries'), readEntry)
  return { value, keep: keep === 'malformed' ? keep : 'facet' }
}

function readEntry(entry: unknown) {
  const target = readSource(entry)
  if (target === undefined) return undefined
  const { value } = readExplicitLineage(entry)
  return { value: { ...value, target }, isComplete: true }
}

function readExplicitLineage(value: unknown): Reading<ExplicitLineage> {
  const inputs = ownProperty(value, 'inputs')
  const read = readList(inputs, entryOf)
  const fields = ownEntries(ownProperty(value, 'fields')).map(([column, entry]) => {
    const sources = readList(ownProperty(entry, 'inputs'), entryOf)
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
  return value === undefined ? undefined : { value, isComplete: true }
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
