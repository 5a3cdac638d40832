// Holds: a number is acknowledged once the broker has acknowledged it at least once, however often it was sent.
import type { PlannedRecord } from './planned-record.ts'

/** What was sent, and what of it the broker acknowledged. */
export class SendLedger {
  readonly #acknowledged = new Set<number>()
  readonly #withdrawn = new Set<number>()
  readonly #transactions = { committed: 0, aborted: 0, unknown: 0 }
  #events = 0
  #sent = 0
  #failedSends = 0

  /** Numbers that must be in the log. */
  get acknowledged(): ReadonlySet<number> {
    return this.#acknowledged
  }

  /** Numbers that must not be in the log: of transactions that were aborted. */
  get withdrawn(): ReadonlySet<number> {
    return this.#withdrawn
  }

  /** How many ended in which way; unknown where the connection was lost while committing. */
  get transactions(): { readonly committed: number; readonly aborted: number; readonly unknown: number } {
    return this.#transactions
  }

  /** Distinct events among them. */
  get events(): number {
    return this.#events
  }

  get poison(): number {
    return this.#acknowledged.size - this.#events
  }

  /** Records acknowledged, repetitions included. */
  get sent(): number {
    return this.#sent
  }

  /** Sends that ended with an error and were repeated; whether they wrote anything is unknown. */
  get failedSends(): number {
    return this.#failedSends
  }

  acknowledge(records: readonly PlannedRecord[]): void {
    this.#sent += records.length
    for (const { number, kind } of records) {
      if (this.#acknowledged.has(number)) continue
      this.#acknowledged.add(number)
      if (kind === 'event') this.#events++
    }
  }

  commit(records: readonly PlannedRecord[]): void {
    this.#transactions.committed++
    this.acknowledge(records)
  }

  abort(records: readonly PlannedRecord[]): void {
    this.#transactions.aborted++
    for (const { number } of records) this.#withdrawn.add(number)
  }

  /** The transaction may have been committed or not. */
  leaveOpen(): void {
    this.#transactions.unknown++
  }

  fail(): void {
    this.#failedSends++
  }
}
