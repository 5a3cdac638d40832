import type { Column } from '@headwater/schemas'
import { hasOnly, own, ownNumber, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader, Reading } from '../facet-set.ts'

const maxDepth = 32
/** Of the descriptions of one schema, in characters. It is told in one record, which the log bounds. */
const maxDescriptions = 256 * 1024
const known = ['name', 'type', 'description', 'ordinal_position', 'fields']

/**
 * Columns in the order of their ordinal positions, where those are given; the fields of a struct follow it, named with dots. A list
 * without fields says nothing: Spark sends one for each topic it writes, and what is known of the columns would be gone.
 */
export const readSchema: FacetReader<readonly Column[] | undefined> = (facet) => {
  const fields = own(facet, 'fields')
  if (fields === undefined) return { value: undefined, keep: hasOnly(facet, []) ? 'nothing' : 'facet' }
  if (!Array.isArray(fields)) return undefined
  if (fields.length === 0) return { value: undefined, keep: hasOnly(facet, ['fields']) ? 'nothing' : 'facet' }
  const columns: Column[] = []
  const keep = flatten(fields, '', 0, columns)
  const described = columns.reduce((sum, { description }) => sum + (description?.length ?? 0), 0)
  const isAll = described <= maxDescriptions && hasOnly(facet, ['fields'])
  return {
    value: described <= maxDescriptions ? columns : columns.map((column) => ({ ...column, description: null })),
    keep: keep === 'nothing' && !isAll ? 'facet' : keep,
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
    into.push({ name: path, type: textOrNull(field, 'type'), description: textOrNull(field, 'description') })
    const nested = own(field, 'fields')
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

function textOrNull(field: unknown, name: string): string | null {
  const text = ownText(field, name)
  return text === undefined ? null : wellFormed(text)
}
