import type { AliasIndex } from '@headwater/lineage'

// Holds: at most one read is under way, and at most one more waits for it, however many callers there are; `refresh` returns
// a read that began after the call.

export type AliasWatchOptions = {
  /** Reads the aliases that are stored now. */
  readonly read: () => Promise<AliasIndex>
  /** Longest age of an index that `current` returns without reading. */
  readonly maxAgeMs: number
  /** A clock that never jumps, in milliseconds. */
  readonly now?: () => number
}

/** Shares one index of aliases among all requests. */
export class AliasWatch {
  readonly #options: Required<AliasWatchOptions>
  #known: { readonly index: AliasIndex; readonly readAt: number } | undefined
  #reading: Promise<AliasIndex> | undefined
  #next: Promise<AliasIndex> | undefined

  constructor(options: AliasWatchOptions) {
    this.#options = { now: () => performance.now(), ...options }
  }

  /** The index as of at most `maxAgeMs` ago. */
  async current(): Promise<AliasIndex> {
    const { now, maxAgeMs } = this.#options
    return this.#known !== undefined && now() - this.#known.readAt < maxAgeMs ? this.#known.index : this.refresh()
  }

  /** The index as of now. */
  refresh(): Promise<AliasIndex> {
    if (this.#reading === undefined) return this.#read()
    this.#next ??= this.#reading
      .catch(() => undefined) // its callers get the error
      .then(() => {
        this.#next = undefined
        return this.#read()
      })
    return this.#next
  }

  #read(): Promise<AliasIndex> {
    const readAt = this.#options.now()
    this.#reading = this.#options
      .read()
      .then((index) => {
        this.#known = { index, readAt }
        return index
      })
      .finally(() => {
        this.#reading = undefined
      })
    return this.#reading
  }
}
