import type { AliasIndex } from '@headwater/lineage'

// Holds: at most one look at the aliases is under way, and one more waits for it, however many ask; who refreshes gets what a look
// found that began after the call.

export type AliasWatchOptions = {
  /** Looks at what is stored now. */
  readonly look: () => Promise<AliasIndex>
  /** How old an index may be that is handed out again. */
  readonly maxAgeMs: number
  /** A clock that never jumps, in milliseconds. */
  readonly now?: () => number
}

/** One index of aliases for all requests. */
export class AliasWatch {
  readonly #options: Required<AliasWatchOptions>
  #known: { readonly index: AliasIndex; readonly lookedAt: number } | undefined
  #looking: Promise<AliasIndex> | undefined
  #next: Promise<AliasIndex> | undefined

  constructor(options: AliasWatchOptions) {
    this.#options = { now: () => performance.now(), ...options }
  }

  /** The index as of at most `maxAgeMs` ago. */
  async current(): Promise<AliasIndex> {
    const { now, maxAgeMs } = this.#options
    return this.#known !== undefined && now() - this.#known.lookedAt < maxAgeMs ? this.#known.index : this.refresh()
  }

  /** The index as of now. */
  refresh(): Promise<AliasIndex> {
    if (this.#looking === undefined) return this.#look()
    this.#next ??= this.#looking
      .catch(() => undefined) // that is told to those who asked for it
      .then(() => {
        this.#next = undefined
        return this.#look()
      })
    return this.#next
  }

  #look(): Promise<AliasIndex> {
    const lookedAt = this.#options.now()
    this.#looking = this.#options
      .look()
      .then((index) => {
        this.#known = { index, lookedAt }
        return index
      })
      .finally(() => {
        this.#looking = undefined
      })
    return this.#looking
  }
}
