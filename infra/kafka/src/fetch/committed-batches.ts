// Holds: what is delivered is what a consumer of librdkafka or Java delivers under `read_committed`. The broker lists aborted
// transactions in the order in which they ended, also those that began before the first batch; one producer may have several.

export type TransactionalBatch = {
  readonly lastOffset: number
  readonly producerId: bigint
  readonly isTransactional: boolean
  readonly control: 'abort' | 'other' | undefined
}

/** Of one producer, from its first record to its marker. */
export type AbortedTransaction = { readonly producerId: bigint; readonly firstOffset: number }

/** The batches with records to deliver: those of producers, without those of aborted transactions. */
export function committedBatches<Batch extends TransactionalBatch>(
  batches: readonly Batch[],
  aborted: readonly AbortedTransaction[],
): ReadonlySet<Batch> {
  const ahead = [...aborted].sort((a, b) => b.firstOffset - a.firstOffset) // the next one is the last
  const aborting = new Set<bigint>()
  const committed = new Set<Batch>()
  for (const batch of batches) {
    for (let next = ahead.at(-1); next !== undefined && next.firstOffset <= batch.lastOffset; next = ahead.at(-1)) {
      aborting.add(next.producerId)
      ahead.pop()
    }
    if (batch.control === 'abort') aborting.delete(batch.producerId)
    if (batch.control !== undefined) continue
    if (!batch.isTransactional || !aborting.has(batch.producerId)) committed.add(batch)
  }
  return committed
}
