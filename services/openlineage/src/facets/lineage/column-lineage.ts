import { hasOnly, isObject, ownEntries, ownProperty, ownText, ownTextOrNull } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader, Reading } from '../facet-set.ts'
import { readList } from '../read-list.ts'
import { readTransformations, type Transformation } from './transformations.ts'

export type FieldInput = {
  readonly namespace: string
  readonly name: string
  readonly field: string
  readonly transformations: readonly Transformation[]
}

/** The fields that each column comes from. The column '' stands for the whole row: filters, joins, sorting. */
export type FieldLineage = readonly { readonly column: string; readonly inputs: readonly FieldInput[] }[]

// The text is repeated with each input of the column.
const maxDeprecatedLength = 256

type Keep = 'nothing' | 'facet' | 'malformed'

/** The columns in the order of their names, each with its inputs. */
export const readColumnLineage: FacetReader<FieldLineage> = (facet) => {
  const fields = ownProperty(facet, 'fields')
  const all = inputFields(ownProperty(facet, 'dataset'))
  if (fields !== undefined && !isObject(fields)) return undefined
  const columns = ownEntries(fields).map(([column, entry]) => {
    const { value, keep } = inputFields(ownProperty(entry, 'inputFields'))
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
  const { value: found, keep } = readList(value, readInputField)
  return { value: found.filter((input) => input !== undefined), keep }
}

function readInputField(entry: unknown): { value: FieldInput | undefined; isComplete: boolean } | undefined {
  // Airflow sends an empty name where it does not know the table of a column.
  if (ownProperty(entry, 'name') === '') return { value: undefined, isComplete: false }
  const namespace = ownText(entry, 'namespace')
  const name = ownText(entry, 'name')
  const field = ownProperty(entry, 'field')
  if (namespace === undefined || name === undefined || typeof field !== 'string') return undefined
  const value: FieldInput = { namespace, name, field: wellFormed(field), transformations: readTransformations(entry) }
  return { value, isComplete: hasOnly(entry, ['namespace', 'name', 'field', 'transformations']) }
}

/** Before version 1-1-0 the facet had one transformation for each column; it applies to inputs without transformations of their own. */
function withDeprecated(input: FieldInput, column: unknown): FieldInput {
  const transformation = ownTextOrNull(column, 'transformationType')
  const description = ownTextOrNull(column, 'transformationDescription')?.slice(0, maxDeprecatedLength) ?? null
  if (transformation === null && description === null) return input
  const transformations = input.transformations.map((known): Transformation => {
    const isUnknown = known.kind === null && known.transformation === null
    if (!isUnknown)
      return { ...known, description: known.description ?? (known.kind === 'DIRECT' ? description : null) }
    return { kind: 'DIRECT', transformation, masking: transformation === 'MASKED' ? true : known.masking, description }
  })
  return { ...input, transformations }
}

function worst(a: Keep, b: Keep): Keep {
  if (a === 'malformed' || b === 'malformed') return 'malformed'
  return a === 'facet' || b === 'facet' ? 'facet' : 'nothing'
}
