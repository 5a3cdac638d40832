import type { RunState } from '@headwater/schemas'

// Contradictory ends join by rank: some clients send FAILED and SUCCEEDED for one run within milliseconds, in either order.
const ranks = { UNKNOWN: 0, STARTED: 1, RUNNING: 2, SUCCEEDED: 3, ABORTED: 4, FAILED: 5 } as const satisfies Record<
  RunState,
  number
>

/** The rank of a state; of two states of a run, the greater rank wins. */
export const rankOf = (state: RunState): number => ranks[state]

/** True for SUCCEEDED, ABORTED and FAILED. */
export const endsRun = (state: RunState): boolean => ranks[state] >= ranks.SUCCEEDED

/** The state with the greater rank. */
export const joinStates = (a: RunState, b: RunState): RunState => (ranks[a] >= ranks[b] ? a : b)
