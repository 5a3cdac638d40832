/** By partition, the latest offsets that hold no record: markers and aborted records of transactions, or deleted records. */
export class EmptyTails {
  readonly #tails = new Map<number, { readonly from: number; readonly to: number }>()

  /** The consumer has passed the offsets from `from` to before `to`. */
  add(partition: number, from: number, to: number): void {
    const before = this.#tails.get(partition)
    this.#tails.set(partition, { from: before?.to === from ? before.from : from, to })
  }

  /** The first offset at or after `next` where a record may be. */
  after(partition: number, next: number): number {
    const tail = this.#tails.get(partition)
    return tail !== undefined && tail.from <= next && next < tail.to ? tail.to : next
  }

  clear(): void {
    this.#tails.clear()
  }
}
