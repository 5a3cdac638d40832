import type { ColumnInput, ColumnLineage } from '@headwater/schemas'
import { datasetOf } from '../dataset-of.ts'

/** Column lineage as a facet; inputs of the whole row go under `dataset`. */
export function columnLineageFacet(lineage: readonly ColumnLineage[]): object | undefined {
  if (lineage.length === 0) return undefined
  const byColumn = new Map<string, object[]>()
  for (const { column, inputs } of lineage) {
    const known = byColumn.get(column) ?? []
    byColumn.set(column, [...known, ...inputs.map((input) => inputField(input, column === ''))])
  }
  const wholeRow = byColumn.get('')
  byColumn.delete('')
  return {
    fields: Object.fromEntries([...byColumn].map(([column, inputFields]) => [column, { inputFields }])),
    ...(wholeRow === undefined ? {} : { dataset: wholeRow }),
  }
}

function inputField(input: ColumnInput, isWholeRow: boolean): object {
  const { key, column, kind, transformation, masking, description } = input
  const field = { ...datasetOf(key), field: column }
  if (kind === null && transformation === null && masking === null && description === null) return field
  return {
    ...field,
    transformations: [
      {
        type: kind ?? (isWholeRow ? 'INDIRECT' : 'DIRECT'),
        ...(transformation === null ? {} : { subtype: transformation }),
        ...(description === null ? {} : { description }),
        ...(masking === null ? {} : { masking }),
      },
    ],
  }
}
