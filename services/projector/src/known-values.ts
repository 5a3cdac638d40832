import type { InputSetId, RunIdentity } from '@headwater/lineage'
import { BoundedMap } from './bounded-map.ts'

const capacity = 500_000

type IndexedOutput = { readonly setId: InputSetId; readonly jobNamespace: string; readonly jobName: string }

// Holds: what is here is in the tables too. It is an economy, never a condition: forgetting costs a row written again.

/** Values that need not be written, or hashed, again. */
export class KnownValues {
  /** Ids of stored input sets by their members, joined. */
  readonly inputSets = new BoundedMap<string, InputSetId>(capacity)
  /** The last input set and job with which an output was put into the edge index, by output. */
  readonly #indexed = new BoundedMap<string, IndexedOutput>(capacity)

  isIndexed(output: string, setId: InputSetId, { jobNamespace, jobName }: RunIdentity): boolean {
    const known = this.#indexed.get(output)
    return known?.setId === setId && known.jobName === jobName && known.jobNamespace === jobNamespace
  }

  indexed(output: string, setId: InputSetId, { jobNamespace, jobName }: RunIdentity): void {
    this.#indexed.set(output, { setId, jobNamespace, jobName })
  }

  clear(): void {
    this.inputSets.clear()
    this.#indexed.clear()
  }
}
