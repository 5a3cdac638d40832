import type { ColumnLineage } from '@headwater/schemas'
import type { KeyOf } from './dataset-key.ts'
import type { FieldLineage } from './facets/column-lineage.ts'

/** Column lineage by asset keys: one entry a transformation. Columns that are made of nothing are left out. */
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

/** The assets that the columns are made of. */
export const sourcesOf = (columns: readonly ColumnLineage[]): readonly string[] => [
  ...new Set(columns.flatMap(({ inputs }) => inputs.map(({ key }) => key))),
]
