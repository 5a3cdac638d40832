// Holds: a set of at most `limit` asset keys that only grows. What is included is read when asked, so a value that is
// still being made (a promise) can be included before its own upstreams are known; `settle` lets go of what is final.

/** The asset keys that something was made from. */
export class Upstreams {
  readonly #limit: number
  readonly #keys = new Set<string>()
  #included: Set<Upstreams> | undefined
  #settled = false
  #cut = false

  constructor(limit: number, keys: Iterable<string> = []) {
    this.#limit = limit
    for (const key of keys) this.add(key)
  }

  add(key: string): void {
    if (this.#keys.size < this.#limit) this.#keys.add(key)
    else if (!this.#keys.has(key)) this.#cut = true
  }

  include(others: Upstreams): void {
    if (others === this) return
    this.#included ??= new Set()
    this.#included.add(others)
  }

  /** In the order found. */
  keys(): readonly string[] {
    this.#copyIncluded()
    return [...this.#keys]
  }

  has(key: string): boolean {
    return this.#keys.has(key)
  }

  /** Whether there were more than the limit. */
  get cut(): boolean {
    return this.#cut
  }

  /**
   * Says that nothing more will be added here, and lets go of all that is settled too. Without it a loop that passes a
   * state on would keep every step alive.
   */
  settle(): void {
    this.#settled = true
    const open = [...this.#copyIncluded()].filter((source) => !source.#settled)
    this.#included = open.length === 0 ? undefined : new Set(open)
  }

  /** @returns all that was reached */
  #copyIncluded(): ReadonlySet<Upstreams> {
    const reached = new Set<Upstreams>([this])
    // A set is walked in order of insertion, what is added on the way included.
    for (const source of reached) {
      if (source !== this) for (const key of source.#keys) this.add(key)
      this.#cut ||= source.#cut
      for (const included of source.#included ?? []) reached.add(included)
    }
    return reached
  }
}
