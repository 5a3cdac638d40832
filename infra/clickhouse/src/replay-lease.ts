/** After so long without a sign a replay is taken for dead: others may begin, and nobody holds for it any more. */
export const replayLeaseMs = 15_000
