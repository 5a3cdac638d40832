import { Upstreams } from './upstreams.ts'

const maxKnownKeys = 10_000

// Holds: a flow sees what was made in it before anything made elsewhere, so flows that run at once never mix, and what
// a flow made is visible outside it. Objects are held weakly, keys up to a number.

/** Where values came from, as far as one flow run (or the process outside flows) knows. */
export class Scope {
  readonly #outer: Scope | undefined
  readonly #sources = new WeakMap<object, Upstreams>()
  readonly #keys = new Set<string>()

  constructor(outer?: Scope) {
    this.#outer = outer
  }

  /** Says what `value` was made from, replacing what was said earlier. */
  link(value: object, source: Upstreams): void {
    this.#sources.set(value, source)
    this.#outer?.link(value, source)
  }

  /** Adds to what `value` was made from, in each scope to what that scope knows. */
  extend(value: object, keys: readonly string[], limit: number): void {
    const source = this.#sources.get(value) ?? new Upstreams(limit)
    for (const key of keys) source.add(key)
    this.#sources.set(value, source)
    this.#outer?.extend(value, keys, limit)
  }

  sourceOf(value: object): Upstreams | undefined {
    return this.#sources.get(value) ?? this.#outer?.sourceOf(value)
  }

  /** A text that equals `key` means the asset from now on. The oldest of more than 10,000 keys is forgotten. */
  learnKey(key: string): void {
    this.#keys.delete(key)
    this.#keys.add(key)
    if (this.#keys.size > maxKnownKeys) {
      for (const oldest of this.#keys) {
        this.#keys.delete(oldest)
        break
      }
    }
    this.#outer?.learnKey(key)
  }

  knowsKey(text: string): boolean {
    return this.#keys.has(text) || (this.#outer?.knowsKey(text) ?? false)
  }
}
