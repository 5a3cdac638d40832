import type { InputSetId, RunIdentity } from '@headwater/lineage'
import { AssetSightings } from './asset-sightings.ts'
import { contentHash } from './content-hash.ts'
import type { EdgeIndexing } from './fold-runs.ts'
import type { KnownValues } from './known-values.ts'
import type { RowCollector } from './table.ts'
import { assets, inputSets } from './tables.ts'

type NewEdge = { readonly output: string; readonly setId: InputSetId; readonly job: RunIdentity }

/** What is gathered while the events of one batch are folded. */
export class BatchFold implements EdgeIndexing {
  readonly rows: RowCollector
  readonly sightings = new AssetSightings()
  readonly runIds: string[] = []
  readonly #known: KnownValues
  /** Input sets that are new in this batch, by their members, joined, and by id. */
  readonly #newSetIds = new Map<string, InputSetId>()
  readonly #newSets = new Map<InputSetId, readonly string[]>()
  /** Input sets that the event at hand names. */
  #named: { readonly setId: InputSetId; readonly inputs: readonly string[] }[] = []
  readonly #newEdges: NewEdge[] = []

  constructor(known: KnownValues, rows: RowCollector) {
    this.#known = known
    this.rows = rows
  }

  /** Starts the next event about a run. */
  beginRun(runId: string): void {
    this.runIds.push(runId)
    this.#named = []
  }

  /** The id of a set of keys, which is noted as a value. Keys cannot hold a line feed, so joined by one they are told apart. */
  inputSet(keys: readonly string[]): InputSetId | null {
    if (keys.length === 0) return null
    const inputs = isSortedSet(keys) ? keys : [...new Set(keys)].sort()
    const members = inputs.length === 1 ? (inputs[0] ?? '') : inputs.join('\n')
    let setId = this.#known.inputSets.get(members) ?? this.#newSetIds.get(members)
    if (setId === undefined) {
      setId = contentHash(members)
      this.#newSetIds.set(members, setId)
      this.#newSets.set(setId, inputs)
      this.rows.add(inputSets, { setId, inputs })
    }
    this.#named.push({ setId, inputs })
    return setId
  }

  /** Members of a set that the event at hand names or that is new in this batch; undefined for others. */
  inputsOf(setId: InputSetId): readonly string[] | undefined {
    return this.#named.find((named) => named.setId === setId)?.inputs ?? this.#newSets.get(setId)
  }

  isIndexed(output: string, setId: InputSetId, job: RunIdentity): boolean {
    if (this.#known.isIndexed(output, setId, job)) return true
    this.#newEdges.push({ output, setId, job })
    return false
  }

  /** Adds what is known only at the end of the batch. */
  end(): void {
    for (const row of this.sightings.rows()) this.rows.add(assets, row)
  }

  /** Remembers what the tables hold now that the rows are durable. */
  stored(): void {
    for (const [members, setId] of this.#newSetIds) this.#known.inputSets.set(members, setId)
    for (const { output, setId, job } of this.#newEdges) this.#known.indexed(output, setId, job)
  }
}

function isSortedSet(keys: readonly string[]): boolean {
  for (let index = 1; index < keys.length; index++) if ((keys[index - 1] ?? '') >= (keys[index] ?? '')) return false
  return true
}
