import type { OutputAsset } from '@headwater/schemas'

/**
 * One output per key, in order. Of an output that an event names twice, inputs, column lineage, metadata and metrics are merged; of
 * everything else the later value counts.
 */
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

/** Without spread syntax: an entry may be named `__proto__`. */
const joined = <T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries([...Object.entries(a), ...Object.entries(b)])
