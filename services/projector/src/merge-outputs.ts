import type { OutputAsset } from '@headwater/schemas'

type Output = Pick<OutputAsset, 'key' | 'inputs' | 'metadata' | 'metrics'>

/** One output for each key, in order: of one that an event names twice the stated inputs together, and of the rest the later. */
export function mergeOutputs(outputs: readonly Output[]): Iterable<Output> {
  if (outputs.length < 2) return outputs
  const byKey = new Map<string, Output>()
  for (const output of outputs) {
    const known = byKey.get(output.key)
    byKey.set(output.key, known === undefined ? output : merged(known, output))
  }
  return byKey.values()
}

function merged(a: Output, b: Output): Output {
  return {
    key: a.key,
    inputs: a.inputs === null ? b.inputs : [...a.inputs, ...(b.inputs ?? [])],
    metadata: joined(a.metadata, b.metadata),
    metrics: joined(a.metrics, b.metrics),
  }
}

/** Not by spreading: an entry may be called `__proto__`. */
const joined = <T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries([...Object.entries(a), ...Object.entries(b)])
