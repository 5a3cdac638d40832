import type { LogRecord } from './batch.ts'
import { Gate } from './gate.ts'

// Holds: records leave in the order they came; `push` is full at `capacity` records, but takes what was offered last.

export class RecordQueue {
  readonly #capacity: number
  #records: LogRecord[] = []
  readonly #arrived = new Gate()
  readonly #taken = new Gate()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get isFull(): boolean {
    return this.#records.length >= this.#capacity
  }

  push(records: readonly LogRecord[]): void {
    for (const record of records) this.#records.push(record)
    this.#arrived.open()
  }

  /** Resolves when something has been taken since this call. */
  room(): Promise<void> {
    return this.#taken.passage
  }

  /** Resolves when there is something to take. */
  arrival(): Promise<void> {
    return this.#arrived.passage
  }

  /** The oldest records, at most `limit`. */
  take(limit: number): readonly LogRecord[] {
    const taken = this.#records.length <= limit ? this.#records : this.#records.slice(0, limit)
    this.#records = this.#records.length <= limit ? [] : this.#records.slice(limit)
    if (this.#records.length === 0) this.#arrived.close()
    this.#taken.close()
    return taken
  }

  /** Forgets the records of a partition. */
  discard(topic: string, partition: number): void {
    this.#records = this.#records.filter((record) => record.topic !== topic || record.partition !== partition)
  }
}
