import type { TableComparison } from './compare-tables.ts'

/** How a replay ended. */
export type ReplayOutcome = 'swapped' | 'verified' | 'cancelled' | 'nothing-to-cancel' | 'tidied'

/** What a replay says of itself while it works; a line of JSON each on standard output. Times are durations in seconds. */
export type ReplayReport =
  | { readonly kind: 'began'; readonly generation: number; readonly database: string; readonly resumed: boolean }
  | {
      readonly kind: 'progress'
      readonly folded: number
      readonly total: number
      readonly eventsPerSecond: number
      /** Null while the pace is not known. */
      readonly secondsLeft: number | null
    }
  | { readonly kind: 'pausing' }
  | { readonly kind: 'compared'; readonly tables: readonly TableComparison[] }
  /** The projectors went on; the tables will be compared again. */
  | { readonly kind: 'again'; readonly reason: 'moved' | 'differs'; readonly pausedSeconds: number }
  | { readonly kind: 'swapped'; readonly generation: number; readonly pausedSeconds: number }
  | {
      readonly kind: 'finished'
      readonly outcome: ReplayOutcome
      readonly generation: number
      /** Folded by this process. */
      readonly events: number
      readonly seconds: number
      readonly eventsPerSecond: number
      /** Records that are no event, seen by this process. */
      readonly deadLetters: number
      /** How long the projectors were held, in all. */
      readonly pausedSeconds: number
    }
  | { readonly kind: 'stopped'; readonly folded: number; readonly total: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly retryable: boolean }

export type Report = (report: ReplayReport) => void
