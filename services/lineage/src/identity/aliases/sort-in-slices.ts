const sliceLength = 1_000
const fewItems = 50

type Compare<T> = (a: T, b: T) => number

/** Sorts, and yields after each slice of work. */
export function* sortInSlices<T>(items: readonly T[], compare: Compare<T>): Generator<undefined, readonly T[]> {
  let runs: (readonly T[])[] = []
  for (let at = 0; at < items.length; at += sliceLength) {
    runs.push(items.slice(at, at + sliceLength).sort(compare))
    yield
  }
  while (runs.length > 1) {
    const longer: (readonly T[])[] = []
    for (let at = 0; at < runs.length; at += 2) {
      longer.push(yield* mergeInSlices(runs[at] ?? [], runs[at + 1] ?? [], compare))
    }
    runs = longer
  }
  return runs[0] ?? []
}

/** Merges two sorted lists, and yields after each slice of work. */
export function* mergeInSlices<T>(
  a: readonly T[],
  b: readonly T[],
  compare: Compare<T>,
): Generator<undefined, readonly T[]> {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a
  if (b.length <= fewItems) return withFew(a, b, compare)
  const merged: T[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]]
    if (right === undefined || (left !== undefined && compare(left, right) <= 0)) {
      if (left !== undefined) merged.push(left)
      i += 1
    } else {
      merged.push(right)
      j += 1
    }
    if (merged.length % sliceLength === 0) yield
  }
  return merged
}

/** `mergeInSlices` by binary search, for a short second list. */
function withFew<T>(many: readonly T[], few: readonly T[], compare: Compare<T>): readonly T[] {
  const parts: (readonly T[])[] = []
  let from = 0
  for (const item of few) {
    const to = insertionIndex(many, item, compare, from)
    parts.push(many.slice(from, to), [item])
    from = to
  }
  return many.slice(0, 0).concat(...parts, many.slice(from)) // flat() visits each item
}

/** The number of sorted items that are less than or equal to this one. */
function insertionIndex<T>(items: readonly T[], item: T, compare: Compare<T>, from: number): number {
  let [low, high] = [from, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(items[middle] as T, item) <= 0) low = middle + 1
    else high = middle
  }
  return low
}
