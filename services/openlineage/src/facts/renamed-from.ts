import type { ColumnLineage } from '@headwater/schemas'
import type { KeyOf } from '../dataset-key.ts'
import { mergedColumns } from '../edges/column-lineage.ts'
import type { DatasetSaid } from './dataset-facts.ts'

/** What the dataset was called until it was renamed: it is made of that. */
export function previousOf({ key: renamed, lifecycle }: DatasetSaid, key: KeyOf): readonly string[] {
  if (lifecycle?.change !== 'RENAME' || lifecycle.previous === undefined) return []
  const previous = key(lifecycle.previous).key
  return previous === renamed ? [] : [previous]
}

/** Each column of a renamed dataset is made of the one that was called the same. */
export function withPreviousColumns(said: DatasetSaid, key: KeyOf): DatasetSaid {
  const [previous] = previousOf(said, key)
  if (previous === undefined || said.schema === undefined) return said
  const identity = { kind: 'DIRECT', transformation: 'IDENTITY', masking: null, description: null }
  const columns = said.schema.map(
    ({ name }): ColumnLineage => ({ column: name, inputs: [{ key: previous, column: name, ...identity }] }),
  )
  return { ...said, columns: mergedColumns([said.columns, columns]) }
}
