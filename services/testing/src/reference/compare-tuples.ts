type Tuple = readonly (string | number)[]

/** Orders by the first item that differs, strings by code units; a prefix comes first. */
export function compareTuples(a: Tuple, b: Tuple): number {
  for (const [i, left] of a.entries()) {
    const right = b[i]
    if (right === undefined) return 1
    if (left < right) return -1
    if (left > right) return 1
  }
  return a.length - b.length
}
