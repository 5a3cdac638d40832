import { type DatasetName, datasetNameOf } from '@headwater/lineage'

/** The OpenLineage dataset name of an asset key. Servers refuse empty names, so a whole bucket is named `/`. */
export function datasetOf(key: string): DatasetName {
  const { namespace, name } = datasetNameOf(key)
  return { namespace, name: name === '' ? '/' : name }
}
