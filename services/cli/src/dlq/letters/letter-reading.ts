/** Whether a dead letter could be folded now: its event, and the problem if it would be refused. An event may be decoded and still be invalid. */
export type LetterReading = {
  /** An event of the log with its type, or OpenLineage JSON; undefined when it cannot be decoded. */
  readonly event: unknown
  readonly problem: { readonly code: string; readonly reason: string } | undefined
}
