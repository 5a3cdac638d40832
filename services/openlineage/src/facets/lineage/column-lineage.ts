import { hasOnly, isObject, own, ownEntries, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader, Reading } from '../facet-set.ts'
import { listReading } from '../list-reading.ts'
import { readTransformations, type Transformation, textOrNull } from './transformations.ts'

export type FieldInput = {
  readonly namespace: string
  readonly name: string
  readonly field: string
  readonly transformations: readonly Transformation[]
}

/** Which fields each column is made of; the column '' stands for all rows and columns: filters, joins, sorting. */
export type FieldLineage = readonly { readonly column: string; readonly inputs: readonly FieldInput[] }[]

// It is repeated with each field that the column is made of.
const maxDeprecatedLength = 256

type Keep = 'nothing' | 'facet' | 'malformed'

/** The columns in the order of their names, each with the fields it is made of. */
export const readColumnLineage: FacetReader<FieldLineage> = (facet) => {
  const fields = own(facet, 'fields')
  const all = inputFields(own(facet, 'dataset'))
  if (fields !== undefined && !isObject(fields)) return undefined
  const columns = ownEntries(fields).map(([column, entry]) => {
    const { value, keep } = inputFields(own(entry, 'inputFields'))
    const isShort = (ownText(entry, 'transformationDescription')?.length ?? 0) <= maxDeprecatedLength
    const isKnown = isShort && hasOnly(entry, ['inputFields', 'transformationType', 'transformationDescription'])
    const inputs = value.map((input) => withDeprecated(input, entry))
    return {
      column: wellFormed(column),
      inputs,
      keep: worst(keep, isObject(entry) ? (isKnown ? keep : 'facet') : 'malformed'),
    }
  })
  const keep = columns.reduce<Keep>((sum, column) => worst(sum, column.keep), all.keep)
  const wholeRow = all.value.length === 0 ? [] : [{ column: '', inputs: all.value }]
  return {
    value: [...wholeRow, ...columns.map(({ column, inputs }) => ({ column, inputs }))],
    keep: worst(keep, hasOnly(facet, ['fields', 'dataset']) ? 'nothing' : 'facet'),
  }
}

function inputFields(value: unknown): Reading<readonly FieldInput[]> {
  const { value: found, keep } = listReading(value, readInputField)
  return { value: found.filter((input) => input !== undefined), keep }
}

function readInputField(entry: unknown): { value: FieldInput | undefined; isAll: boolean } | undefined {
  // Airflow leaves the name empty where it does not know which table a column is of.
  if (own(entry, 'name') === '') return { value: undefined, isAll: false }
  const namespace = ownText(entry, 'namespace')
  const name = ownText(entry, 'name')
  const field = own(entry, 'field')
  if (namespace === undefined || name === undefined || typeof field !== 'string') return undefined
  const value: FieldInput = { namespace, name, field: wellFormed(field), transformations: readTransformations(entry) }
  return { value, isAll: hasOnly(entry, ['namespace', 'name', 'field', 'transformations']) }
}

/** Before version 1-1-0 the facet said once per column how it is made: that counts where a field itself says nothing. */
function withDeprecated(input: FieldInput, column: unknown): FieldInput {
  const transformation = textOrNull(column, 'transformationType')
  const description = textOrNull(column, 'transformationDescription')?.slice(0, maxDeprecatedLength) ?? null
  if (transformation === null && description === null) return input
  const transformations = input.transformations.map((known): Transformation => {
    const saysNothing = known.kind === null && known.transformation === null
    if (!saysNothing)
      return { ...known, description: known.description ?? (known.kind === 'DIRECT' ? description : null) }
    return { kind: 'DIRECT', transformation, masking: transformation === 'MASKED' ? true : known.masking, description }
  })
  return { ...input, transformations }
}

function worst(a: Keep, b: Keep): Keep {
  if (a === 'malformed' || b === 'malformed') return 'malformed'
  return a === 'facet' || b === 'facet' ? 'facet' : 'nothing'
}
