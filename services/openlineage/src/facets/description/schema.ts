import type { Column } from '@headwater/schemas'
import { hasOnly, ownNumber, ownProperty, ownText, ownTextOrNull } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader, Reading } from '../facet-set.ts'

const maxDepth = 32
/** Characters of all descriptions in one schema: a schema has to fit into one record of the log. */
const maxDescriptions = 256 * 1024
const known = ['name', 'type', 'description', 'ordinal_position', 'fields']

/**
 * Columns in the order of their ordinal positions where all have one. The fields of a struct follow it, named `struct.field`. An empty
 * list is not a schema: Spark sends one for each topic that it writes, and it would remove the columns known so far.
 */
export const readSchema: FacetReader<readonly Column[] | undefined> = (facet) => {
  const fields = ownProperty(facet, 'fields')
  if (fields === undefined) return { value: undefined, keep: hasOnly(facet, []) ? 'nothing' : 'facet' }
  if (!Array.isArray(fields)) return undefined
  if (fields.length === 0) return { value: undefined, keep: hasOnly(facet, ['fields']) ? 'nothing' : 'facet' }
  const columns: Column[] = []
  const keep = flatten(fields, '', 0, columns)
  const described = columns.reduce((sum, { description }) => sum + (description?.length ?? 0), 0)
  const isComplete = described <= maxDescriptions && hasOnly(facet, ['fields'])
  return {
    value: described <= maxDescriptions ? columns : columns.map((column) => ({ ...column, description: null })),
    keep: keep === 'nothing' && !isComplete ? 'facet' : keep,
  }
}

function flatten(fields: readonly unknown[], prefix: string, depth: number, into: Column[]): Reading<unknown>['keep'] {
  if (depth >= maxDepth) return 'malformed'
  let keep: Reading<unknown>['keep'] = 'nothing'
  const worsen = (found: typeof keep) => {
    if (found === 'malformed' || keep === 'nothing') keep = found
  }
  for (const field of inOrder(fields)) {
    const name = ownText(field, 'name')
    if (name === undefined) {
      worsen('malformed')
      continue
    }
    if (!hasOnly(field, known)) worsen('facet')
    const path = wellFormed(prefix + name)
    into.push({ name: path, type: ownTextOrNull(field, 'type'), description: ownTextOrNull(field, 'description') })
    const nested = ownProperty(field, 'fields')
    if (Array.isArray(nested)) worsen(flatten(nested, `${path}.`, depth + 1, into))
    else if (nested !== undefined) worsen('malformed')
  }
  return keep
}

function inOrder(fields: readonly unknown[]): readonly unknown[] {
  const positions = fields.map((field) => ownNumber(field, 'ordinal_position'))
  if (positions.includes(undefined)) return fields
  return fields
    .map((field, place) => ({ field, position: positions[place] ?? 0 }))
    .sort((a, b) => a.position - b.position)
    .map(({ field }) => field)
}
