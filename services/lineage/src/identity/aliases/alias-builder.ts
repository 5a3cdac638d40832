import { type AliasRules, aliasRules } from '../authorities/authority-rewriting.ts'
import type { AuthorityRule } from '../authorities/authority-rules.ts'
import { AliasComponents } from './alias-components.ts'
import type { AliasGroup, FoundGroups } from './alias-group.ts'
import { type AliasIndex, indexOf } from './alias-index.ts'
import { type AliasRow, compareKeys } from './alias-row.ts'
import { compareStatements } from './effective-statements.ts'
import { findGroups } from './find-groups.ts'
import { LayeredGroupMap } from './layered-group-map.ts'
import { mergeInSlices, sortInSlices } from './sort-in-slices.ts'

// Holds: `build` returns what `aliasIndex` returns for all rows so far, but computes only the components that changed.

/** What a row changed: nothing, only the times of an alias, or how keys resolve. */
export type AliasChange = 'nothing' | 'times' | 'meaning'

type Row = { -readonly [name in keyof AliasRow]: AliasRow[name] }

const sliceLength = 100

/** Builds indexes of a growing set of rows. */
export class AliasBuilder {
  readonly #configured: readonly AuthorityRule[]
  readonly #rows = new Map<string, Row>()
  readonly #renamed = new Set<string>()
  #rules: AliasRules | undefined
  /** Undefined until the rows are connected by the current rules. */
  #components: AliasComponents | undefined
  #groups = new LayeredGroupMap()
  #sorted: readonly AliasGroup[] = []
  /** The results of components that have refused merges or keys without a group. */
  readonly #odd = new Set<FoundGroups>()

  constructor(configured: readonly AuthorityRule[] = []) {
    this.#configured = configured
  }

  /** Former keys of renamed assets. */
  get renamed(): ReadonlySet<string> {
    return this.#renamed
  }

  /** Every key that equals this one once authorities are rewritten. */
  spellings(key: string): readonly string[] {
    const { rewrite, keysOf } = this.#currentRules()
    return keysOf(rewrite(key))
  }

  put(row: AliasRow): AliasChange {
    const id = `${row.source}\n${row.asset}\n${row.alias}` // keys contain no line feeds
    const known = this.#rows.get(id)
    if (known === undefined) {
      const { asset, alias, source, aliasedAt, unaliasedAt } = row
      const own = { asset, alias, source, aliasedAt, unaliasedAt }
      this.#rows.set(id, own)
      if (row.source === 'renamed') this.#renamed.add(row.alias)
      if (row.source === 'authority') this.#forget()
      else this.#components?.add(own, this.#keysOf(own))
      return 'meaning'
    }
    const wasInEffect = isInEffect(known)
    const aliasedAt = Math.max(row.aliasedAt, known.aliasedAt)
    const unaliasedAt = Math.max(row.unaliasedAt, known.unaliasedAt)
    if (aliasedAt === known.aliasedAt && unaliasedAt === known.unaliasedAt) return 'nothing'
    Object.assign(known, { aliasedAt, unaliasedAt })
    if (row.source === 'authority') this.#forget()
    else this.#components?.touch(this.#keysOf(known)[0])
    // Tools repeat symlinks with every run; only whether one is in effect decides how keys resolve.
    return row.source.endsWith('symlink') && wasInEffect === isInEffect(known) ? 'times' : 'meaning'
  }

  /** Call this for keys whose latest success has changed since the last build. */
  touch(key: string): void {
    this.#components?.touch(this.#currentRules().rewrite(key))
  }

  /** The index of all rows. Yields after each slice of work; put no rows until it is done. */
  *build(lastSuccess: (key: string) => number | undefined): Generator<undefined, AliasIndex> {
    const rules = this.#currentRules()
    this.#components ??= yield* this.#connected()
    const { touched, absorbed } = this.#components
    const before = [...absorbed]
    const added: AliasGroup[] = []
    const changes = new Map<string, AliasGroup | null>()
    let left = sliceLength
    for (const component of touched) {
      if (component.found !== undefined) before.push(component.found)
      const found = findGroups(component.rows, rules, lastSuccess)
      component.found = found
      for (const key of component.keys) changes.set(key, null)
      for (const group of found.groups) {
        added.push(group)
        for (const key of group.members) changes.set(key, group)
      }
      if (found.refused.length > 0 || found.alone.length > 0) this.#odd.add(found)
      left -= component.rows.length
      if (left > 0) continue
      left = sliceLength
      yield
    }
    for (const found of before) this.#odd.delete(found)
    this.#groups = yield* this.#groups.with(changes)
    const gone = new Set(before.flatMap(({ groups }) => groups))
    const kept = gone.size === 0 ? this.#sorted : this.#sorted.filter((group) => !gone.has(group))
    this.#sorted = yield* mergeInSlices(kept, yield* sortInSlices(added, byKey), byKey)
    touched.clear()
    absorbed.length = 0
    return this.#index(rules)
  }

  #index(rules: AliasRules): AliasIndex {
    const odd = [...this.#odd]
    const refused = odd.flatMap((found) => found.refused).sort(compareStatements)
    const found = { groups: this.#sorted, refused, alone: odd.flatMap(({ alone }) => alone) }
    const groups = this.#groups
    return indexOf(rules, found, (key) => groups.at(key))
  }

  #currentRules(): AliasRules {
    this.#rules ??= aliasRules(
      [...this.#rows.values()].filter(({ source }) => source === 'authority'),
      this.#configured,
    )
    return this.#rules
  }

  /** Rules decide which rows are connected. */
  #forget(): void {
    this.#rules = undefined
    this.#components = undefined
  }

  *#connected(): Generator<undefined, AliasComponents> {
    this.#groups = new LayeredGroupMap()
    this.#sorted = []
    this.#odd.clear()
    const components = new AliasComponents()
    let done = 0
    for (const row of this.#rows.values()) {
      if (row.source === 'authority') continue
      components.add(row, this.#keysOf(row))
      done += 1
      if (done % sliceLength === 0) yield
    }
    return components
  }

  #keysOf({ asset, alias }: AliasRow): readonly [string, string] {
    const { rewrite } = this.#currentRules()
    return [rewrite(asset), rewrite(alias)]
  }
}

const byKey = (a: AliasGroup, b: AliasGroup): number => compareKeys(a.key, b.key)

const isInEffect = ({ aliasedAt, unaliasedAt }: AliasRow) => aliasedAt >= unaliasedAt
