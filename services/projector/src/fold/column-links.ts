import type { ColumnLineage } from '@headwater/schemas'
import type { ColumnLink } from '../tables/rows.ts'

/** The distinct links of a column lineage, in an order that does not depend on the order in which they were stated. */
export function columnLinks(lineage: readonly ColumnLineage[]): readonly ColumnLink[] {
  const links = new Map<string, ColumnLink>()
  for (const { column, inputs } of lineage) {
    for (const { key, column: inputColumn, transformation, kind, masking, description } of inputs) {
      const link = {
        ...{ column, input: key, inputColumn, transformation: transformation ?? '', kind: kind ?? '' },
        ...{ isMasking: masking === true, description: description ?? '' },
      }
      links.set(JSON.stringify(Object.values(link)), link)
    }
  }
  return [...links].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link)
}
