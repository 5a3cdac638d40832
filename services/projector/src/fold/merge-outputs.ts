import type { OutputAsset } from '@headwater/schemas'

/** One output for each key, in order: of one that an event names twice the stated inputs and columns together, and of the rest the later. */
export function mergeOutputs(outputs: readonly OutputAsset[]): readonly OutputAsset[] {
  const byKey = new Map<string, OutputAsset>()
  for (const output of outputs) {
    const known = byKey.get(output.key)
    byKey.set(output.key, known === undefined ? output : merged(known, output))
  }
  return [...byKey.values()]
}

function merged(a: OutputAsset, b: OutputAsset): OutputAsset {
  return {
    ...b,
    inputs: a.inputs === null ? b.inputs : [...a.inputs, ...(b.inputs ?? [])],
    columnLineage: [...a.columnLineage, ...b.columnLineage],
    metadata: joined(a.metadata, b.metadata),
    metrics: joined(a.metrics, b.metrics),
  }
}

/** Not by spreading: an entry may be called `__proto__`. */
const joined = <T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries([...Object.entries(a), ...Object.entries(b)])
