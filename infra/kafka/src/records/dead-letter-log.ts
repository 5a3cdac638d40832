import type { LogRecord } from './log-record.ts'

/** A record that is no event, and why. */
export type DeadLetter = { readonly record: LogRecord; readonly code: string; readonly reason: string }

/** Where records go that are no event, so that somebody can look at them. */
export interface DeadLetterLog {
  /** Resolves when they are durable. Appending the same again is harmless: they are keyed by position. */
  append(deadLetters: readonly DeadLetter[]): Promise<void>
}
