import { BoundedSet } from './bounded-set.ts'

const capacity = 500_000

/** Values that are in the tables already and need not be written again: an economy, never a condition. */
export class KnownValues {
  readonly inputSets = new BoundedSet(capacity)
  readonly edges = new BoundedSet(capacity)

  clear(): void {
    this.inputSets.clear()
    this.edges.clear()
  }
}
