/** What is asked of a replay, beyond rebuilding, comparing and swapping. */
export type ReplayOptions = {
  /** Drop what an unfinished replay left and begin anew. */
  readonly restart: boolean
  /** Drop what an unfinished replay left, and no more. */
  readonly cancel: boolean
  /** Swap also when the rebuilt tables say something else. */
  readonly acceptDifferences: boolean
  /** False: compare, and drop the rebuilt tables. */
  readonly swap: boolean
}
