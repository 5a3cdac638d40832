import type { LogRecord } from './log-record.ts'

/** A record that cannot be folded, with the error code and the reason. */
export type DeadLetter = { readonly record: LogRecord; readonly code: string; readonly reason: string }

/** Keeps the records that cannot be folded, with reason and position. */
export interface DeadLetterLog {
  /** Resolves when the dead letters are durable. Safe to repeat: their keys identify the records. */
  append(deadLetters: readonly DeadLetter[]): Promise<void>
}
