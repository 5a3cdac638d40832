import { Upstreams } from './upstreams.ts'

const rememberedKeys = 10_000

// Holds: a flow sees what was made in it before anything made elsewhere, so flows that run at once never mix, and what
// a flow made is visible outside it. Objects are held weakly, keys up to a number.

/** Where values came from, as far as one flow run (or the process outside flows) knows. */
export class Scope {
  readonly #outer: Scope | undefined
  readonly #made = new WeakMap<object, Upstreams>()
  /** Made in flows inside this one. */
  readonly #madeInside = new WeakMap<object, Upstreams>()
  /** By definition of a materialized function: what it wrote here and in flows inside. */
  readonly #written = new WeakMap<object, Upstreams>()
  #keys = new Set<string>()
  #olderKeys: ReadonlySet<string> = new Set()

  constructor(outer?: Scope) {
    this.#outer = outer
  }

  /** Says what `value` was made from, replacing what was said earlier. */
  link(value: object, source: Upstreams): void {
    this.#made.set(value, source)
    for (let outer = this.#outer; outer !== undefined; outer = outer.#outer) outer.#madeInside.set(value, source)
  }

  sourceOf(value: object): Upstreams | undefined {
    return this.#made.get(value) ?? this.#madeInside.get(value) ?? this.#outer?.sourceOf(value)
  }

  /** Whether `value` was made in this flow, or around it; not when it was in another flow only. */
  owns(value: object): boolean {
    return this.#madeInside.has(value) || this.#madeHereOrAround(value)
  }

  #madeHereOrAround(value: object): boolean {
    if (this.#made.has(value)) return true
    return this.#outer === undefined ? false : this.#outer.#madeHereOrAround(value)
  }

  /** Adds to what a function wrote. */
  addWritten(definition: object, keys: readonly string[], limit: number): void {
    const written = this.#written.get(definition) ?? new Upstreams(limit)
    for (const key of keys) written.add(key)
    this.#written.set(definition, written)
    this.#outer?.addWritten(definition, keys, limit)
  }

  /** What a function wrote in this flow so far, else in the nearest flow around it. */
  writtenBy(definition: object): Upstreams | undefined {
    const written = this.#written.get(definition)
    const around = this.#outer
    if (written !== undefined || around === undefined || around.#outer === undefined) return written
    return around.writtenBy(definition)
  }

  /** A text that equals `key` means the asset from now on, until at least 10,000 others have been learned. */
  learnKey(key: string): void {
    this.#keys.add(key)
    if (this.#keys.size >= rememberedKeys) {
      this.#olderKeys = this.#keys
      this.#keys = new Set()
    }
    this.#outer?.learnKey(key)
  }

  knowsKey(text: string): boolean {
    return this.#keys.has(text) || this.#olderKeys.has(text) || (this.#outer?.knowsKey(text) ?? false)
  }
}
