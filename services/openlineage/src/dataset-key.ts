import { canonicalKey, type DatasetName, type PartitionRules, trimPartitions } from '@headwater/lineage'

/** The asset key of a dataset, and the partition that was trimmed from its name, if any. */
export type KeyOf = (dataset: DatasetName) => { readonly key: string; readonly partition: string | undefined }

const [mostNamespaces, mostNames, longest] = [200, 5_000, 300]

// Only a cache, by namespace and then by name. A full cache is cleared: events repeat names, so it fills again soon.
const keysByRules = new WeakMap<PartitionRules, KeyOf>()

/** Computes asset keys under `rules`, and caches those of names up to 300 characters: computing a key costs more than most of an event. */
export function keyOf(rules: PartitionRules): KeyOf {
  const known = keysByRules.get(rules)
  if (known !== undefined) return known
  const made = cachedKeys((dataset) => trimPartitions(canonicalKey(dataset), rules))
  keysByRules.set(rules, made)
  return made
}

function cachedKeys(make: KeyOf): KeyOf {
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
