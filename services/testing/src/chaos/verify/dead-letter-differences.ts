export type DeadLetterDifferences = {
  /** Poison of the log that no dead letter names. */
  readonly missing: readonly string[]
  /** Dead letters of records that are no poison. */
  readonly extra: readonly string[]
  /** Dead letters that repeat an earlier one: allowed, for they are keyed by position. */
  readonly repeated: number
}

/** @param positions of the records that dead letters name */
export function deadLetterDifferences(
  poison: ReadonlySet<string>,
  positions: readonly string[],
): DeadLetterDifferences {
  const found = new Set(positions)
  return {
    missing: [...poison].filter((position) => !found.has(position)),
    extra: [...found].filter((position) => !poison.has(position)),
    repeated: positions.length - found.size,
  }
}
