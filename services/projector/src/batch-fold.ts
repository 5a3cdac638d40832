import type { InputSetId, RunIdentity } from '@headwater/lineage'
import { AssetSightings } from './asset-sightings.ts'
import { contentHash } from './content-hash.ts'
import type { KnownValues } from './known-values.ts'
import { runKey } from './repeated-runs.ts'
import type { RowCollector } from './table.ts'
import { assets, inputSets } from './tables.ts'

/** What is gathered while the events of one batch are folded. */
export class BatchFold {
  readonly rows: RowCollector
  readonly sightings = new AssetSightings()
  /** Members of the input sets that events of this batch name. */
  readonly sets = new Map<InputSetId, readonly string[]>()
  /** Edges that this batch indexes, by output, job and input set. */
  readonly edges = new Set<string>()
  readonly runs = new Map<string, RunIdentity>()
  readonly #known: KnownValues

  constructor(known: KnownValues, rows: RowCollector) {
    this.#known = known
    this.rows = rows
  }

  /** The id of a set of keys, which is noted as a value. Keys cannot hold a line feed, so joined by one they are told apart. */
  inputSet(keys: readonly string[]): InputSetId | null {
    if (keys.length === 0) return null
    const inputs = keys.length === 1 ? keys : [...new Set(keys)].sort()
    const setId = contentHash(inputs.join('\n'))
    if (this.sets.has(setId)) return setId
    this.sets.set(setId, inputs)
    if (!this.#known.inputSets.has(setId)) this.rows.add(inputSets, { setId, inputs })
    return setId
  }

  /** True the first time in this batch, unless the edge is in the tables already. */
  isNewEdge(edge: string): boolean {
    if (this.edges.has(edge) || this.#known.edges.has(edge)) return false
    this.edges.add(edge)
    return true
  }

  run(identity: RunIdentity): void {
    this.runs.set(runKey(identity), identity)
  }

  /** Adds what is known only at the end of the batch. */
  end(): void {
    for (const row of this.sightings.rows()) this.rows.add(assets, row)
  }
}
