/** Returns a function that reads at most once every `maxAgeMs`. A failed read is repeated at the next call. */
export function aged<T>(
  read: () => Promise<T>,
  maxAgeMs: number,
  now: () => number = () => performance.now(),
): () => Promise<T> {
  let known: { readonly value: Promise<T>; readonly readAt: number } | undefined
  return () => {
    if (known !== undefined && now() - known.readAt < maxAgeMs) return known.value
    const value = read()
    known = { value, readAt: now() }
    value.catch(() => {
      known = undefined
    })
    return value
  }
}
