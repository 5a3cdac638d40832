import { Gate } from '../latch.ts'
import type { RecordStretch } from './record-range.ts'

// Holds: stretches leave in the order they came; `push` is full at `capacity` records, but takes what was offered last.

export class StretchQueue {
  readonly #capacity: number
  #stretches: RecordStretch[] = []
  #count = 0
  readonly #arrived = new Gate()
  readonly #taken = new Gate()

  /** @param capacity in records */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get isFull(): boolean {
    return this.#count >= this.#capacity
  }

  push(stretch: RecordStretch): void {
    this.#stretches.push(stretch)
    this.#count += stretch.count
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

  /** The oldest stretches: as many as hold at most `limit` records, and always one. */
  take(limit: number): readonly RecordStretch[] {
    let records = this.#stretches[0]?.count ?? 0
    let end = 1
    for (; end < this.#stretches.length; end++) {
      records += this.#stretches[end]?.count ?? 0
      if (records > limit) break
    }
    const taken = this.#stretches.splice(0, end)
    this.#changed()
    if (this.#stretches.length === 0) this.#arrived.close()
    this.#taken.close()
    return taken
  }

  /** Forgets the records of a partition. */
  discard(topic: string, partition: number): void {
    this.#stretches = this.#stretches.filter((stretch) => stretch.topic !== topic || stretch.partition !== partition)
    this.#changed()
  }

  #changed(): void {
    this.#count = this.#stretches.reduce((total, { count }) => total + count, 0)
  }
}
