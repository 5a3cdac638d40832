import type { AliasSource } from '@headwater/lineage'
import type { Job } from '@headwater/schemas'
import { textEnd } from '../tables/encoded-texts.ts'
import { assetAliases, assetFacts, jobFacts } from '../tables/fact-tables.ts'
import { ByteWriter } from '../tables/native/byte-writer.ts'
import type { Origin } from '../tables/rows.ts'
import type { RowCollector } from '../tables/table.ts'

/** One thing that an event states about an asset or a job. */
export type FacetFact = {
  /**
   * Of an asset: properties, description, owners, tags, schema, metadata, metric, policy, renamed, dropped.
   * Of a job: type, description, owners, tags, metadata, lineage.
   */
  readonly facet: string
  /** Name of the metadata entry or metric; empty for a whole facet. */
  readonly subject: string
  /** JSON text. */
  readonly value: string
}

const kinds = { assetFact: 0, jobFact: 1, aliased: 2, unaliased: 3 } as const
/** By kind. */
const textsPerRow = [4, 5, 3, 3]

/**
 * Rows of what an event states about assets and jobs, but for its id and times: so they can be kept with the event's shape and added for
 * each event that repeats it. Each row is a byte for its kind and its texts, in the order of the table's columns.
 */
export class Statements {
  readonly #out = new ByteWriter(1 << 12)

  get bytes(): Buffer {
    return this.#out.bytes()
  }

  clear(): void {
    this.#out.clear()
  }

  addAssetFact(asset: string, { facet, subject, value }: FacetFact): void {
    this.#add(kinds.assetFact, asset, facet, subject, value)
  }

  addJobFact({ namespace, name }: Job, { facet, subject, value }: FacetFact): void {
    this.#add(kinds.jobFact, namespace, name, facet, subject, value)
  }

  addAlias(asset: string, alias: string, source: AliasSource, isAlias: boolean): void {
    this.#add(isAlias ? kinds.aliased : kinds.unaliased, asset, alias, source)
  }

  #add(kind: number, ...texts: readonly string[]): void {
    this.#out.uint8(kind)
    for (const text of texts) this.#out.utf8(text)
  }
}

/** Adds the rows that lie from `start` to `end` in bytes of `Statements`, for an event of this origin. */
export function addStatements(bytes: Uint8Array, start: number, end: number, origin: Origin, rows: RowCollector): void {
  for (let at = start; at < end; ) {
    const kind = bytes[at] as number
    const texts = { bytes, at: at + 1 }
    if (kind === kinds.assetFact) rows.add(assetFacts, { origin, texts })
    else if (kind === kinds.jobFact) rows.add(jobFacts, { origin, texts })
    else {
      const aliasedAt = kind === kinds.aliased ? origin.occurredAt : 0
      rows.add(assetAliases, { texts, aliasedAt, unaliasedAt: origin.occurredAt - aliasedAt })
    }
    at++
    for (let left = textsPerRow[kind] as number; left > 0; left--) at = textEnd(bytes, at)
  }
}
