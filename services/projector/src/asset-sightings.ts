import type { AssetRow } from './rows.ts'

/** Between which event times each asset of a batch was named: one row an asset, however many events name it. */
export class AssetSightings {
  readonly #seen = new Map<string, { key: string; firstSeen: number; lastSeen: number }>()

  add(key: string, occurredAt: number): void {
    const known = this.#seen.get(key)
    if (known === undefined) this.#seen.set(key, { key, firstSeen: occurredAt, lastSeen: occurredAt })
    else if (occurredAt > known.lastSeen) known.lastSeen = occurredAt
    else if (occurredAt < known.firstSeen) known.firstSeen = occurredAt
  }

  rows(): Iterable<AssetRow> {
    return this.#seen.values()
  }
}
