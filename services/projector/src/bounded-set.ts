/** Remembers up to `capacity` of the values added last, roughly: when full, the older half is forgotten. */
export class BoundedSet {
  readonly #capacity: number
  #young = new Set<string>()
  #old = new Set<string>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  has(value: string): boolean {
    return this.#young.has(value) || this.#old.has(value)
  }

  add(value: string): void {
    if (this.#young.size >= this.#capacity / 2) {
      this.#old = this.#young
      this.#young = new Set()
    }
    this.#young.add(value)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }
}
