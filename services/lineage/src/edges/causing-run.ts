/** A success of the job at the later of two moments, and whether it asserts the edge. */
export type AssertingRun = { readonly runId: string; readonly asserts: boolean }

/**
 * Id of the run that added an edge, which the job asserts at the later moment.
 * @param successes of the job and asset at the later moment, in order; of consecutive ones with the same inputs, the first is enough
 * @param before the job's latest success at the earlier moment
 * @param assertedBefore whether a run was a success at the earlier moment and asserted the edge
 */
export function addingRun(
  successes: readonly AssertingRun[],
  before: string | undefined,
  assertedBefore: (runId: string) => boolean,
): string | undefined {
  const lastWithout = successes.findLastIndex(({ asserts }) => !asserts)
  const first = successes[lastWithout + 1]?.runId
  // A run that already asserted the edge became the latest success because `before` no longer is one.
  return first !== undefined && assertedBefore(first) ? before : first
}

/**
 * Id of the run that removed an edge, which the job asserted at the earlier moment by its latest success then, `before`.
 * @param successes as for `addingRun`
 * @param stillAsserts whether `before` is a success at the later moment and asserts the edge
 */
export function removingRun(
  successes: readonly AssertingRun[],
  before: string,
  stillAsserts: boolean,
): string | undefined {
  if (!stillAsserts) return before
  return successes[successes.findLastIndex(({ asserts }) => asserts) + 1]?.runId
}
