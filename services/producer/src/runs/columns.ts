import type { ColumnInput, ColumnLineage } from '@headwater/schemas'

/** A column and what it is made of; an empty name stands for the whole row. Of each input its asset's key and its name are needed. */
export type ColumnLineageLike = {
  readonly column: string
  readonly inputs: readonly (Pick<ColumnInput, 'key' | 'column'> & Partial<ColumnInput>)[]
}

export const columnLineageOf = ({ column, inputs }: ColumnLineageLike): ColumnLineage => ({
  column,
  inputs: inputs.map((input) => ({ transformation: null, kind: null, masking: null, description: null, ...input })),
})
