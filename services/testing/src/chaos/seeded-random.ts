// Holds: the numbers depend on the seed and the purpose alone, so that what one purpose draws does not change what another gets.

/** Random numbers that are the same again for the same seed (mulberry32). */
export class SeededRandom {
  #state: number

  constructor(seed: number, purpose = '') {
    this.#state = seed | 0
    for (const char of purpose) this.#state = Math.imul(this.#state ^ (char.codePointAt(0) ?? 0), 0x01000193)
  }

  /** At least 0, less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from 0 on, less than `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  /** True in this share of all cases. */
  chance(share: number): boolean {
    return this.next() < share
  }

  /** @throws RangeError when the list is empty */
  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)]
    if (picked === undefined) throw new RangeError('There is nothing to choose from')
    return picked
  }

  shuffled<T>(items: readonly T[]): readonly T[] {
    return items
      .map((item) => ({ item, place: this.next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ item }) => item)
  }

  /** At most `count` distinct ones. */
  some<T>(items: readonly T[], count: number): readonly T[] {
    return this.shuffled(items).slice(0, count)
  }
}
