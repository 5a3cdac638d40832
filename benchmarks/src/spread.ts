/** Median, minimum and maximum. */
export function spread(values: readonly number[]): readonly [median: number, min: number, max: number] {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (index: number) => sorted[index] ?? Number.NaN
  return [at(Math.floor(sorted.length / 2)), at(0), at(sorted.length - 1)]
}

/** The same as whole numbers, for a line of output. */
export function spreadText(values: readonly number[]): string {
  const [median, min, max] = spread(values).map(Math.round)
  return `median ${median} (min ${min}, max ${max})`
}
