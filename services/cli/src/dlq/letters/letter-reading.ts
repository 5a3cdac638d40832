/** How a dead letter would be taken now: as an event, or refused for a reason. An event may be there and still say what is impossible. */
export type LetterReading = {
  /** What it says: an event of the log with its type, or JSON; undefined when it cannot be told. */
  readonly event: unknown
  readonly problem: { readonly code: string; readonly reason: string } | undefined
}
