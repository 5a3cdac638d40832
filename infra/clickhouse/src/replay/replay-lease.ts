/** A replay that has not renewed its claim for this long counts as dead: another may begin, and projectors no longer pause for it. */
export const replayLeaseMs = 15_000
