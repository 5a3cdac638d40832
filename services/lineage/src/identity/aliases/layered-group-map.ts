import type { AliasGroup } from './alias-group.ts'

const mostAbove = 20_000
const sliceLength = 2_000

/** Groups by key: a small layer of changes above a large map, so that an update costs as much as it changes. Immutable. */
export class LayeredGroupMap {
  /** In both layers null is a key without a group. */
  readonly #below: ReadonlyMap<string, AliasGroup | null>
  readonly #above: ReadonlyMap<string, AliasGroup | null>

  constructor(
    below: ReadonlyMap<string, AliasGroup | null> = new Map(),
    above: ReadonlyMap<string, AliasGroup | null> = new Map(),
  ) {
    this.#below = below
    this.#above = above
  }

  at(key: string): AliasGroup | undefined {
    const above = this.#above.get(key)
    return (above === undefined ? this.#below.get(key) : above) ?? undefined
  }

  /** A map with other groups for some keys. Yields after each slice of work. */
  *with(changes: ReadonlyMap<string, AliasGroup | null>): Generator<undefined, LayeredGroupMap> {
    if (this.#above.size + changes.size <= mostAbove) {
      return new LayeredGroupMap(this.#below, new Map([...this.#above, ...changes]))
    }
    if (this.#below.size + this.#above.size === 0) return new LayeredGroupMap(changes)
    const below = new Map<string, AliasGroup>()
    let done = 0
    for (const layer of [this.#below, this.#above, changes]) {
      for (const [key, group] of layer) {
        if (group === null) below.delete(key)
        else below.set(key, group)
        done += 1
        if (done % sliceLength === 0) yield
      }
    }
    return new LayeredGroupMap(below)
  }
}
