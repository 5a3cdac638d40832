import { Latch } from '../latch.ts'
import type { RecordRange } from './record-range.ts'

// Holds: ranges leave in the order they came; `isFull` from `capacity` records on, and `push` works even then.

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

  /** Resolves after the next `take`. */
  room(): Promise<void> {
    return this.#taken.opened
  }

  /** Resolves when there is a range to take. */
  arrival(): Promise<void> {
    return this.#arrived.opened
  }

  /** The oldest ranges with at most `limit` records in all; at least one if there is any. */
  take(limit: number): readonly RecordRange[] {
    let records = this.#ranges[0]?.count ?? 0
    let end = 1
    for (; end < this.#ranges.length; end++) {
      records += this.#ranges[end]?.count ?? 0
      if (records > limit) break
    }
    const taken = this.#ranges.splice(0, end)
    this.#changed()
    if (this.#ranges.length === 0) this.#arrived.reset()
    this.#taken.reset()
    return taken
  }

  /** Drops the ranges of a partition. */
  discard(topic: string, partition: number): void {
    this.#ranges = this.#ranges.filter((range) => range.topic !== topic || range.partition !== partition)
    this.#changed()
  }

  #changed(): void {
    this.#count = this.#ranges.reduce((total, { count }) => total + count, 0)
  }
}
