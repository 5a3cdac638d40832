import { canonicalKey, type DatasetName, type PartitionRules, trimPartitions } from '@headwater/lineage'

/** The key of the asset that a dataset is, and the partition of it that the name tells. */
export type KeyOf = (dataset: DatasetName) => { readonly key: string; readonly partition: string | undefined }

/** Keys by the rules of identity, each pair of names looked at once. */
export function keyOf(rules: PartitionRules): KeyOf {
  const known = new Map<string, ReturnType<KeyOf>>()
  return ({ namespace, name }) => {
    const pair = JSON.stringify([namespace, name])
    const found = known.get(pair) ?? trimPartitions(canonicalKey({ namespace, name }), rules)
    known.set(pair, found)
    return found
  }
}
