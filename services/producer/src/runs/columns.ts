import type { Column, ColumnInput, ColumnLineage } from '@headwater/schemas'

/** A column: its name, or its name with type and description. */
export type ColumnLike = string | { readonly name: string; readonly type?: string; readonly description?: string }

/** A column and the columns it comes from. An empty name stands for the whole row. An input needs the asset key and the column name. */
export type ColumnLineageLike = {
  readonly column: string
  readonly inputs: readonly (Pick<ColumnInput, 'key' | 'column'> & Partial<ColumnInput>)[]
}

export const columnLineageOf = ({ column, inputs }: ColumnLineageLike): ColumnLineage => ({
  column,
  inputs: inputs.map((input) => ({ transformation: null, kind: null, masking: null, description: null, ...input })),
})

export function columnOf(column: ColumnLike): Column {
  const { name, type = null, description = null } = typeof column === 'string' ? { name: column } : column
  return { name, type, description }
}
