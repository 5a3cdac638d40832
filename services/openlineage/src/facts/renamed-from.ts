import type { ColumnLineage } from '@headwater/schemas'
import type { KeyOf } from '../dataset-key.ts'
import { mergedColumns } from '../edges/column-lineage.ts'
import type { DatasetFacts } from './dataset-facts.ts'

/** The key that a renamed dataset had before, as a list of one; empty where it was not renamed. The old asset is its upstream. */
export function renamedFrom({ key: newKey, lifecycle }: DatasetFacts, key: KeyOf): readonly string[] {
  if (lifecycle?.change !== 'RENAME' || lifecycle.previous === undefined) return []
  const oldKey = key(lifecycle.previous).key
  return oldKey === newKey ? [] : [oldKey]
}

/** Adds column lineage to a renamed dataset: each column comes from the column of the same name. */
export function withColumnsBeforeRename(dataset: DatasetFacts, key: KeyOf): DatasetFacts {
  const [oldKey] = renamedFrom(dataset, key)
  if (oldKey === undefined || dataset.schema === undefined) return dataset
  const identity = { kind: 'DIRECT', transformation: 'IDENTITY', masking: null, description: null }
  const columns = dataset.schema.map(
    ({ name }): ColumnLineage => ({ column: name, inputs: [{ key: oldKey, column: name, ...identity }] }),
  )
  return { ...dataset, columns: mergedColumns([dataset.columns, columns]) }
}
