import { Latch } from '../latch.ts'
import type { RecordRange } from './record-range.ts'

// Holds: ranges leave in the order they came; `push` is full at `capacity` records, but takes what was offered last.

export class RecordRangeQueue {
  readonly #capacity: number
  #ranges: RecordRange[] = []
  #count = 0
  readonly #arrived = new Latch()
  readonly #taken = new Latch()

  /** @param capacity in records */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get isFull(): boolean {
    return this.#count >= this.#capacity
  }

  push(range: RecordRange): void {
    this.#ranges.push(range)
    this.#count += range.count
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

  /** The oldest ranges: as many as hold at most `limit` records, and always one. */
  take(limit: number): readonly RecordRange[] {
    let records = this.#ranges[0]?.count ?? 0
    let end = 1
    for (; end < this.#ranges.length; end++) {
      records += this.#ranges[end]?.count ?? 0
      if (records > limit) break
    }
    const taken = this.#ranges.splice(0, end)
    this.#changed()
    if (this.#ranges.length === 0) this.#arrived.close()
    this.#taken.close()
    return taken
  }

  /** Forgets the records of a partition. */
  discard(topic: string, partition: number): void {
    this.#ranges = this.#ranges.filter((range) => range.topic !== topic || range.partition !== partition)
    this.#changed()
  }

  #changed(): void {
    this.#count = this.#ranges.reduce((total, { count }) => total + count, 0)
  }
}
