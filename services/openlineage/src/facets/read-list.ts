import type { Reading } from './facet-set.ts'

type Entry<T> = { readonly value: T; readonly isComplete: boolean }

/**
 * Reads the entries of a list, at most the first `most`. The facet is kept where an entry cannot be read or has more than was read from it.
 */
export function readList<T>(
  value: unknown,
  read: (entry: unknown) => Entry<T> | undefined,
  most = Number.POSITIVE_INFINITY,
): Reading<readonly T[]> {
  if (value === undefined) return { value: [], keep: 'nothing' }
  if (!Array.isArray(value)) return { value: [], keep: 'malformed' }
  if (value.length > most) return { value: readList(value.slice(0, most), read).value, keep: 'facet' }
  const entries = value.map(read)
  const good = entries.filter((entry) => entry !== undefined)
  const values = good.map((entry) => entry.value)
  if (good.length < entries.length) return { value: values, keep: 'malformed' }
  return { value: values, keep: good.every((entry) => entry.isComplete) ? 'nothing' : 'facet' }
}
