import { canonicalKey, type DatasetName, type PartitionRules, trimPartitions } from '@headwater/lineage'

/** The key of the asset that a dataset is, and the partition of it that the name tells. */
export type KeyOf = (dataset: DatasetName) => { readonly key: string; readonly partition: string | undefined }

const [mostNamespaces, mostNames, longest] = [200, 5_000, 300]

// By namespace, then by name; whole maps are dropped where there are more, since events repeat names and a dropped one is soon back.
const keysByRules = new WeakMap<PartitionRules, KeyOf>()

/** Keys by the rules of identity. Names that are not overly long are remembered: a key takes longer than most of an event. */
export function keyOf(rules: PartitionRules): KeyOf {
  const known = keysByRules.get(rules)
  if (known !== undefined) return known
  const made = rememberedKeys((dataset) => trimPartitions(canonicalKey(dataset), rules))
  keysByRules.set(rules, made)
  return made
}

function rememberedKeys(make: KeyOf): KeyOf {
  const keys = new Map<string, Map<string, ReturnType<KeyOf>>>()
  let count = 0
  return ({ namespace, name }) => {
    const found = keys.get(namespace)?.get(name)
    if (found !== undefined) return found
    const key = make({ namespace, name })
    if (namespace.length + name.length > longest) return key
    if (count >= mostNames || keys.size >= mostNamespaces) {
      keys.clear()
      count = 0
    }
    const names = keys.get(namespace) ?? new Map<string, ReturnType<KeyOf>>()
    keys.set(namespace, names.set(name, key))
    count++
    return key
  }
}
