import type { Reading } from './facet-set.ts'

type Entry<T> = { readonly value: T; readonly isAll: boolean }

/**
 * The entries of a list that can be read, at most the first `most`. What cannot be is kept with its facet, and so is an entry that says
 * more than was read of it.
 */
export function listReading<T>(
  value: unknown,
  read: (entry: unknown) => Entry<T> | undefined,
  most = Number.POSITIVE_INFINITY,
): Reading<readonly T[]> {
  if (value === undefined) return { value: [], keep: 'nothing' }
  if (!Array.isArray(value)) return { value: [], keep: 'malformed' }
  if (value.length > most) return { value: listReading(value.slice(0, most), read).value, keep: 'facet' }
  const entries = value.map(read)
  const good = entries.filter((entry) => entry !== undefined)
  const values = good.map((entry) => entry.value)
  if (good.length < entries.length) return { value: values, keep: 'malformed' }
  return { value: values, keep: good.every((entry) => entry.isAll) ? 'nothing' : 'facet' }
}
