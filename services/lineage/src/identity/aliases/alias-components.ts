import type { FoundGroups } from './alias-group.ts'
import type { AliasRow } from './alias-row.ts'

// Holds: rows of different components share no key, so that each component can be resolved by itself. Components only grow.

/** Keys that rows connect, whether the rows are in effect or not. */
export type AliasComponent = {
  keys: string[]
  rows: AliasRow[]
  /** The groups of its rows when it was last resolved. */
  found: FoundGroups | undefined
}

/** All rows, by the component of their keys. */
export class AliasComponents {
  readonly #byKey = new Map<string, AliasComponent>()
  /** Components to resolve again. */
  readonly touched = new Set<AliasComponent>()
  /** The groups of components that have been merged into others. */
  readonly absorbed: FoundGroups[] = []

  touch(key: string): void {
    const component = this.#byKey.get(key)
    if (component !== undefined) this.touched.add(component)
  }

  /** @param keys the two keys of the row, with rewritten authorities */
  add(row: AliasRow, [asset, alias]: readonly [string, string]): void {
    const component = this.#joined(this.#componentOf(asset), this.#componentOf(alias))
    component.rows = withAll(component.rows, [row])
    this.touched.add(component)
  }

  #componentOf(key: string): AliasComponent {
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const component = { keys: [key], rows: [], found: undefined }
    this.#byKey.set(key, component)
    return component
  }

  /** Merges the smaller component into the larger. */
  #joined(a: AliasComponent, b: AliasComponent): AliasComponent {
    if (a === b) return a
    const [large, small] = a.keys.length < b.keys.length ? [b, a] : [a, b]
    for (const key of small.keys) this.#byKey.set(key, large)
    large.keys = withAll(large.keys, small.keys)
    large.rows = withAll(large.rows, small.rows)
    if (small.found !== undefined) this.absorbed.push(small.found)
    this.touched.delete(small)
    return large
  }
}

const few = 8

/** Pushing reserves space for sixteen more items, so short lists, of which there are many, are copied instead. */
function withAll<T>(list: T[], more: readonly T[]): T[] {
  if (list.length < few) return list.concat(more)
  for (const item of more) list.push(item)
  return list
}
