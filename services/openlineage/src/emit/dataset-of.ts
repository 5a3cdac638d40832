import { type DatasetName, datasetNameOf } from '@headwater/lineage'

/** What OpenLineage calls an asset by. Servers refuse empty names: a whole bucket is its root. */
export function datasetOf(key: string): DatasetName {
  const { namespace, name } = datasetNameOf(key)
  return { namespace, name: name === '' ? '/' : name }
}
