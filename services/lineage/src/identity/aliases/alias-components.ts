import type { FoundGroups } from './alias-group.ts'
import type { AliasRow } from './alias-row.ts'

// Holds: rows of different components have no key in common, so that each may be looked at apart. Components only grow.

/** Keys that are connected by what is said of them, whether it is believed or not. */
export type AliasComponent = {
  keys: string[]
  rows: AliasRow[]
  /** What its rows said when they were last looked at. */
  found: FoundGroups | undefined
}

/** All rows, by what they are connected with. */
export class AliasComponents {
  readonly #byKey = new Map<string, AliasComponent>()
  /** Those that are to be looked at again. */
  readonly touched = new Set<AliasComponent>()
  /** What was found of components that are parts of others now. */
  readonly absorbed: FoundGroups[] = []

  touch(key: string): void {
    const component = this.#byKey.get(key)
    if (component !== undefined) this.touched.add(component)
  }

  /** @param keys the two of the row, authorities rewritten */
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

  /** The smaller is poured into the larger. */
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

/** Long lists are added to; of short ones, which are many, new ones are made: pushing reserves room for sixteen more. */
function withAll<T>(list: T[], more: readonly T[]): T[] {
  if (list.length < few) return list.concat(more)
  for (const item of more) list.push(item)
  return list
}
