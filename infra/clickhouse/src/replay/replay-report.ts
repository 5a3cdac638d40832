/** What the projector's `replay-main` prints while it runs, one line of JSON each, and `headwater replay` shows. Durations are in seconds. */
export type ReplayReport =
  | { readonly kind: 'began'; readonly generation: number; readonly database: string; readonly resumed: boolean }
  | {
      readonly kind: 'progress'
      readonly folded: number
      readonly total: number
      readonly eventsPerSecond: number
      /** Null while the rate is not known. */
      readonly secondsLeft: number | null
    }
  /** The log begins later than the tables: the rebuilt ones will lack these records. Offsets include both ends. */
  | {
      readonly kind: 'incomplete'
      readonly gaps: readonly {
        readonly topic: string
        readonly partition: number
        readonly firstOffset: number
        readonly lastOffset: number
      }[]
    }
  | { readonly kind: 'pausing' }
  | { readonly kind: 'compared'; readonly tables: readonly TableComparison[] }
  /** What the replay waits for, with the reason. */
  | { readonly kind: 'waiting'; readonly detail: string }
  /** The projectors were resumed; the tables will be compared once more. */
  | { readonly kind: 'again'; readonly reason: 'moved' | 'differs'; readonly pausedSeconds: number }
  | { readonly kind: 'swapped'; readonly generation: number; readonly pausedSeconds: number }
  | {
      readonly kind: 'finished'
      readonly outcome: ReplayOutcome
      readonly generation: number
      /** Events that this process folded. */
      readonly events: number
      readonly seconds: number
      /** From the first folded event to the last. Leaves out joining the group before and comparing tables after. */
      readonly foldingSeconds: number
      /** `events` by `foldingSeconds`. */
      readonly eventsPerSecond: number
      /** Records that this process could not fold. */
      readonly deadLetters: number
      /** How long the projectors were paused, in all. */
      readonly pausedSeconds: number
    }
  | { readonly kind: 'stopped'; readonly folded: number; readonly total: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly retryable: boolean }

export type ReplayOutcome = 'swapped' | 'verified' | 'cancelled' | 'nothing-to-cancel' | 'tidied'

/** Live and rebuilt rows of one table. */
export type TableComparison = {
  readonly table: string
  readonly liveRows: number
  readonly rebuiltRows: number
  readonly equal: boolean
  /** Rows that only one side has: 0 where the tables are equal, null where the difference is too large to count. */
  readonly onlyLive: number | null
  readonly onlyRebuilt: number | null
}
