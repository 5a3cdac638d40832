import { type AliasIndex, type AliasRow, type AuthorityRule, aliasIndex, type RefusedMerge } from '@headwater/lineage'
import type { Ask } from './ask.ts'
import { aliasParts, aliasRows } from './queries/alias-rows.ts'
import { lastSuccesses } from './queries/last-successes.ts'

// Holds: `#rows` is what the parts in `#parts` of the table say. Parts are read once; the index is made anew only when what holds changed.

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
  #rows = new Map<string, AliasRow>()
  #lives: { readonly at: number; readonly keys: string; readonly of: ReadonlyMap<string, number> } | undefined
  /** What has changed since the index was made. */
  #change: 'nothing' | 'times' | 'meaning' = 'meaning'
  #made: { readonly index: AliasIndex; readonly at: number } | undefined

  constructor(ask: Ask, options: ClickHouseAliasesOptions = {}) {
    this.#ask = ask
    this.#options = {
      ...{ configured: [], livesMaxAgeMs: 0, now: () => performance.now(), onRefused: () => undefined },
      ...options,
    }
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
    const { configured } = this.#options
    const index = aliasIndex({ rows: [...this.#rows.values()], configured, lastSuccess: (key) => lives?.get(key) })
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
      this.#rows = new Map()
    }
    const known = parts.filter((part) => this.#parts.has(part))
    const rows = known.length === parts.length ? [] : await aliasRows(this.#ask, known)
    for (const { part: _, ...row } of rows) this.#join(row)
    this.#parts = new Set([...known, ...rows.map(({ part }) => part)])
  }

  #join(row: AliasRow): void {
    const id = `${row.source}\n${row.asset}\n${row.alias}`
    const known = this.#rows.get(id)
    const aliasedAt = Math.max(row.aliasedAt, known?.aliasedAt ?? 0)
    const unaliasedAt = Math.max(row.unaliasedAt, known?.unaliasedAt ?? 0)
    if (known !== undefined && aliasedAt === known.aliasedAt && unaliasedAt === known.unaliasedAt) return
    const joined = { ...row, aliasedAt, unaliasedAt }
    this.#rows.set(id, joined)
    // Of what tools say of symlinks only whether they say it counts, and they say it again with every run.
    const isRepeated = known !== undefined && row.source.endsWith('symlink') && isSaid(known) === isSaid(joined)
    if (!isRepeated) this.#change = 'meaning'
    else if (this.#change === 'nothing') this.#change = 'times'
  }

  /** Whether keys that were renamed were written later. */
  async #readLives(): Promise<void> {
    const rows = [...this.#rows.values()]
    const renamed = rows.filter(({ source }) => source === 'renamed').map(({ alias }) => alias)
    if (renamed.length === 0) return
    const { configured } = this.#options
    const { spellings } = aliasIndex({ rows: rows.filter(({ source }) => source === 'authority'), configured })
    const keys = [...new Set(renamed.flatMap((key) => spellings(key)))].sort()
    const before = this.#lives
    const id = keys.join('\n')
    const { now, livesMaxAgeMs } = this.#options
    if (before?.keys === id && now() - before.at < livesMaxAgeMs) return
    const of = await lastSuccesses(this.#ask, keys)
    this.#lives = { at: now(), keys: id, of }
    if (before === undefined || keys.some((key) => before.of.get(key) !== of.get(key))) this.#change = 'meaning'
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

const isSaid = ({ aliasedAt, unaliasedAt }: AliasRow) => aliasedAt >= unaliasedAt
