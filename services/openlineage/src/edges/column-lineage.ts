import type { ColumnInput, ColumnLineage } from '@headwater/schemas'
import type { KeyOf } from '../dataset-key.ts'
import type { FieldLineage } from '../facets/lineage/column-lineage.ts'
import { canonicalJson } from '../text/canonical-json.ts'

/** Column lineage by asset keys, with one entry for each transformation. Columns without inputs are left out. */
export function columnLineageOf(lineage: FieldLineage, key: KeyOf): readonly ColumnLineage[] {
  const columns = lineage.map(({ column, inputs }) => ({
    column,
    inputs: inputs.flatMap((input) => {
      const from = { key: key(input).key, column: input.field }
      return input.transformations.map((transformation) => ({ ...from, ...transformation }))
    }),
  }))
  return columns.filter(({ inputs }) => inputs.length > 0)
}

/** Unites several lists of column lineage: each column once, each of its inputs once. */
export function mergedColumns(lineages: readonly (readonly ColumnLineage[])[]): readonly ColumnLineage[] {
  if (lineages.length === 1) return lineages[0] ?? []
  const columns = new Map<string, Map<string, ColumnInput>>()
  for (const { column, inputs } of lineages.flat()) {
    const known = columns.get(column) ?? new Map<string, ColumnInput>()
    for (const input of inputs) known.set(canonicalJson(input), input)
    columns.set(column, known)
  }
  return [...columns].map(([column, inputs]) => ({ column, inputs: [...inputs.values()] }))
}

/** The assets that the columns come from. */
export const sourcesOf = (columns: readonly ColumnLineage[]): readonly string[] => [
  ...new Set(columns.flatMap(({ inputs }) => inputs.map(({ key }) => key))),
]
