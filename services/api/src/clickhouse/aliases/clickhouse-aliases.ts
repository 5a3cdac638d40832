import {
  AliasBuilder,
  type AliasChange,
  type AliasIndex,
  type AuthorityRule,
  type RefusedMerge,
} from '@headwater/lineage'
import type { Ask } from '../query.ts'
import { aliasParts, aliasRows, type StoredAliasRow } from './alias-rows.ts'
import { inSlices } from './in-slices.ts'
import { lastSuccesses } from './last-successes.ts'

// Holds: `#builder` knows what the parts in `#parts` of the table say. Parts are read once; of the index only what changed is made anew.

export type ClickHouseAliasesOptions = {
  readonly configured?: readonly AuthorityRule[]
  /** How long the end of the latest success of a renamed key may be believed. */
  readonly livesMaxAgeMs?: number
  /** A clock that never jumps, in milliseconds. */
  readonly now?: () => number
  /** Told once of each merge that is refused. */
  readonly onRefused?: (merge: RefusedMerge) => void
}

/** How long the index may lag behind when a tool has last said again what it had said. */
const timesMaxAgeMs = 30_000

/** What asset_aliases says, kept in memory. */
export class ClickHouseAliases {
  readonly #ask: Ask
  readonly #options: Required<ClickHouseAliasesOptions>
  readonly #told = new Set<string>()
  #table = ''
  #parts: ReadonlySet<string> = new Set()
  #builder: AliasBuilder
  #lives: { readonly at: number; readonly keys: string; readonly of: ReadonlyMap<string, number> } | undefined
  /** What has changed since the index was made. */
  #change: AliasChange = 'meaning'
  #made: { readonly index: AliasIndex; readonly at: number } | undefined

  constructor(ask: Ask, options: ClickHouseAliasesOptions = {}) {
    this.#ask = ask
    this.#options = {
      ...{ configured: [], livesMaxAgeMs: 0, now: () => performance.now(), onRefused: () => undefined },
      ...options,
    }
    this.#builder = new AliasBuilder(this.#options.configured)
  }

  /** The index of what is stored when this is called. Not to be called again before it has answered. */
  async look(): Promise<AliasIndex> {
    await this.#readParts()
    await this.#readLives()
    const now = this.#options.now()
    const made = this.#made
    const isDue = this.#change === 'meaning' || (this.#change === 'times' && now - (made?.at ?? 0) > timesMaxAgeMs)
    if (made !== undefined && !isDue) return made.index
    const lives = this.#lives?.of
    const index = await inSlices(this.#builder.build((key) => lives?.get(key)))
    this.#change = 'nothing'
    this.#made = { index, at: now }
    this.#tell(index.refused)
    return index
  }

  async #readParts(): Promise<void> {
    const { table, parts } = await aliasParts(this.#ask)
    if (table !== this.#table) {
      this.#change = 'meaning'
      this.#table = table
      this.#parts = new Set()
      this.#builder = new AliasBuilder(this.#options.configured)
    }
    const known = parts.filter((part) => this.#parts.has(part))
    const rows = known.length === parts.length ? [] : await aliasRows(this.#ask, known)
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

  /** Whether keys that were renamed were written later. */
  async #readLives(): Promise<void> {
    const renamed = [...this.#builder.renamed]
    if (renamed.length === 0) return
    const keys = [...new Set(renamed.flatMap((key) => this.#builder.spellings(key)))].sort()
    const before = this.#lives
    const id = keys.join('\n')
    const { now, livesMaxAgeMs } = this.#options
    if (before?.keys === id && now() - before.at < livesMaxAgeMs) return
    const of = await lastSuccesses(this.#ask, keys)
    this.#lives = { at: now(), keys: id, of }
    for (const key of keys) {
      if (before !== undefined && before.of.get(key) === of.get(key)) continue
      this.#builder.touch(key)
      this.#change = 'meaning'
    }
  }

  #tell(refused: readonly RefusedMerge[]): void {
    for (const merge of refused) {
      const id = `${merge.reason}\n${merge.source}\n${merge.asset}\n${merge.alias}`
      if (this.#told.has(id)) continue
      this.#told.add(id)
      this.#options.onRefused(merge)
    }
  }
}
