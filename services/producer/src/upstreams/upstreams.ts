// Holds: a set of at most `limit` asset keys that only grows. Included sets are read on demand, so a value in progress (a promise) can be
// included before its own upstreams are known; `settle` releases the sets that are final.

/** The asset keys that a value or run was made from. */
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

  include(upstreams: Upstreams): void {
    if (upstreams === this) return
    this.#included ??= new Set()
    this.#included.add(upstreams)
  }

  /** In the order found. */
  keys(): readonly string[] {
    this.#copyIncluded()
    return [...this.#keys]
  }

  has(key: string): boolean {
    return this.#keys.has(key)
  }

  /** True where keys beyond the limit were left out. */
  get cut(): boolean {
    return this.#cut
  }

  /**
   * Marks this set as final and releases the included sets that are final too. Otherwise a loop that passes a state on would keep every
   * step in memory.
   */
  settle(): void {
    this.#settled = true
    const open = [...this.#copyIncluded()].filter((source) => !source.#settled)
    this.#included = open.length === 0 ? undefined : new Set(open)
  }

  /** @returns all included sets, transitively */
  #copyIncluded(): ReadonlySet<Upstreams> {
    const reached = new Set<Upstreams>([this])
    // Iterating a Set also visits entries that are added meanwhile.
    for (const source of reached) {
      if (source !== this) for (const key of source.#keys) this.add(key)
      this.#cut ||= source.#cut
      for (const included of source.#included ?? []) reached.add(included)
    }
    return reached
  }
}
