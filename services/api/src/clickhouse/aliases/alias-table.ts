import { setImmediate } from 'node:timers/promises'
import {
  AliasBuilder,
  type AliasChange,
  type AliasIndex,
  type AuthorityRule,
  type RefusedMerge,
} from '@headwater/lineage'
import type { Query } from '../query.ts'
import { aliasParts, aliasRows, lastSuccesses, type StoredAliasRow } from './stored-aliases.ts'

// Holds: `#builder` contains exactly the rows of `#parts` of `#table`. Each part is read once, and only changed groups are built again.

export type AliasTableOptions = {
  readonly configured?: readonly AuthorityRule[]
  /** Longest age of the last successes of renamed keys. */
  readonly livesMaxAgeMs?: number
  /** A clock that never jumps, in milliseconds. */
  readonly now?: () => number
  /** Called once for each refused merge. */
  readonly onRefused?: (merge: RefusedMerge) => void
}

/** How long an index may be out of date where rows only repeated known aliases at later times. */
const timesMaxAgeMs = 30_000

/** The index of the aliases in table asset_aliases, kept in memory. */
export class AliasTable {
  readonly #query: Query
  readonly #options: Required<AliasTableOptions>
  readonly #reported = new Set<string>()
  #table = ''
  #parts: ReadonlySet<string> = new Set()
  #builder: AliasBuilder
  #lastSuccesses: { readonly at: number; readonly keys: string; readonly of: ReadonlyMap<string, number> } | undefined
  /** What has changed since the index was built. */
  #change: AliasChange = 'meaning'
  #built: { readonly index: AliasIndex; readonly at: number } | undefined

  constructor(query: Query, options: AliasTableOptions = {}) {
    this.#query = query
    this.#options = {
      ...{ configured: [], livesMaxAgeMs: 0, now: () => performance.now(), onRefused: () => undefined },
      ...options,
    }
    this.#builder = new AliasBuilder(this.#options.configured)
  }

  /** The index of the rows stored when this is called. Calls must not overlap. */
  async read(): Promise<AliasIndex> {
    await this.#readParts()
    await this.#readLastSuccesses()
    const now = this.#options.now()
    const built = this.#built
    const isDue = this.#change === 'meaning' || (this.#change === 'times' && now - (built?.at ?? 0) > timesMaxAgeMs)
    if (built !== undefined && !isDue) return built.index
    const successes = this.#lastSuccesses?.of
    const index = await inSlices(this.#builder.build((key) => successes?.get(key)))
    this.#change = 'nothing'
    this.#built = { index, at: now }
    this.#reportRefused(index.refused)
    return index
  }

  async #readParts(): Promise<void> {
    const { table, parts } = await aliasParts(this.#query)
    if (table !== this.#table) {
      this.#change = 'meaning'
      this.#table = table
      this.#parts = new Set()
      this.#builder = new AliasBuilder(this.#options.configured)
    }
    const known = parts.filter((part) => this.#parts.has(part))
    const rows = known.length === parts.length ? [] : await aliasRows(this.#query, known)
    await inSlices(this.#put(rows))
    this.#parts = new Set([...known, ...rows.map(({ part }) => part)])
  }

  *#put(rows: readonly StoredAliasRow[]): Generator<undefined, void> {
    for (const row of rows) {
      const change = this.#builder.put(row)
      if (change === 'meaning' || this.#change === 'nothing') this.#change = change
      yield
    }
  }

  /** A renamed key that was written after the rename is an asset again. */
  async #readLastSuccesses(): Promise<void> {
    const renamed = [...this.#builder.renamed]
    if (renamed.length === 0) return
    const keys = [...new Set(renamed.flatMap((key) => this.#builder.spellings(key)))].sort()
    const before = this.#lastSuccesses
    const id = keys.join('\n')
    const { now, livesMaxAgeMs } = this.#options
    if (before?.keys === id && now() - before.at < livesMaxAgeMs) return
    const of = await lastSuccesses(this.#query, keys)
    this.#lastSuccesses = { at: now(), keys: id, of }
    for (const key of keys) {
      if (before !== undefined && before.of.get(key) === of.get(key)) continue
      this.#builder.touch(key)
      this.#change = 'meaning'
    }
  }

  #reportRefused(refused: readonly RefusedMerge[]): void {
    for (const merge of refused) {
      const id = `${merge.reason}\n${merge.source}\n${merge.asset}\n${merge.alias}`
      if (this.#reported.has(id)) continue
      this.#reported.add(id)
      this.#options.onRefused(merge)
    }
  }
}

const sliceMs = 8

/** Runs work to its end, and lets other requests run every `sliceMs`. */
async function inSlices<T>(work: Generator<undefined, T>): Promise<T> {
  let began = performance.now()
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    if (performance.now() - began < sliceMs) continue
    await setImmediate()
    began = performance.now()
  }
}
