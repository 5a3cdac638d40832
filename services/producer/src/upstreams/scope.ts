import { Upstreams } from './upstreams.ts'

const rememberedKeys = 10_000

// Holds: a flow finds values made in it before values made elsewhere, so concurrent flows never mix, and values made in a flow are found
// outside of it too. Objects are held weakly; keys up to a limit.

/** The origins of values, as known in one run of a flow (or in the process, outside of flows). */
export class Scope {
  readonly #outer: Scope | undefined
  readonly #made = new WeakMap<object, Upstreams>()
  /** Values made in flows inside this one. */
  readonly #madeInside = new WeakMap<object, Upstreams>()
  /** What a materialized function wrote here and in flows inside, by its definition. */
  readonly #written = new WeakMap<object, Upstreams>()
  #keys = new Set<string>()
  #olderKeys: ReadonlySet<string> = new Set()

  constructor(outer?: Scope) {
    this.#outer = outer
  }

  /** Sets the origin of `value`; replaces an earlier one. */
  link(value: object, source: Upstreams): void {
    this.#made.set(value, source)
    for (let outer = this.#outer; outer !== undefined; outer = outer.#outer) outer.#madeInside.set(value, source)
  }

  sourceOf(value: object): Upstreams | undefined {
    return this.#made.get(value) ?? this.#madeInside.get(value) ?? this.#outer?.sourceOf(value)
  }

  /** True where `value` was made in this flow, inside it or around it; false where it was made in another flow only. */
  owns(value: object): boolean {
    return this.#madeInside.has(value) || this.#madeHereOrAround(value)
  }

  #madeHereOrAround(value: object): boolean {
    if (this.#made.has(value)) return true
    return this.#outer === undefined ? false : this.#outer.#madeHereOrAround(value)
  }

  /** Adds to the assets that a function wrote. */
  addWritten(definition: object, keys: readonly string[], limit: number): void {
    const written = this.#written.get(definition) ?? new Upstreams(limit)
    for (const key of keys) written.add(key)
    this.#written.set(definition, written)
    this.#outer?.addWritten(definition, keys, limit)
  }

  /** The assets that a function wrote in this flow so far, else in the nearest flow around it. */
  assetsWrittenBy(definition: object): Upstreams | undefined {
    const written = this.#written.get(definition)
    const around = this.#outer
    if (written !== undefined || around === undefined || around.#outer === undefined) return written
    return around.assetsWrittenBy(definition)
  }

  /** From now on a string that equals `key` is the asset, until at least 10,000 other keys were added. */
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
