/** A run as one of the two moments that are compared sees it. Times are epoch milliseconds. */
export type AssertingRun = { readonly runId: string; readonly asserts: boolean }

/**
 * Which run added an edge that its job asserts at the later moment. `before` is the job's latest success at the earlier moment.
 * @param successes those of the job and asset at the later moment, in order; of neighbours that read the same the first will do
 * @param assertedBefore whether the run was a success at the earlier moment and asserted the edge
 */
export function addingRun(
  successes: readonly AssertingRun[],
  before: string | undefined,
  assertedBefore: (runId: string) => boolean,
): string | undefined {
  const lastWithout = successes.findLastIndex(({ asserts }) => !asserts)
  const first = successes[lastWithout + 1]?.runId
  // What asserted it before and was not the latest stood in the shadow of one that is no longer what it was.
  return first !== undefined && assertedBefore(first) ? before : first
}

/**
 * Which run removed an edge that its job asserted at the earlier moment, by its latest success then, `before`.
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
