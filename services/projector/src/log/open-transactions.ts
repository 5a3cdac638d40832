import type { Admin } from 'kafkajs'

/** A transaction that is still open; nothing behind its first record can be read. */
export type OpenTransaction = {
  readonly partition: number
  /** Offset of its first record. */
  readonly offset: number
  readonly records: number
  readonly openMs: number
}

export type OpenTransactionsOptions = {
  readonly topic: string
  /** Its offsets end before the first open transaction. */
  readonly committed: Pick<Admin, 'fetchTopicOffsets'>
  /** Its offsets end at the end of the log. */
  readonly uncommitted: Pick<Admin, 'fetchTopicOffsets'>
  readonly now: () => number
  readonly onOpen: (partition: number, openMs: number) => void
  /** Called once for each transaction that is open longer than `hangsAfterMs`. */
  readonly onHanging: (transaction: OpenTransaction) => void
}

/** Transactions of Kafka's clients time out after a minute, unless configured otherwise. */
const hangsAfterMs = 90_000

/** Finds transactions that stay open: no lag, since nobody can fold their records, and yet answers lack everything behind them. */
export function createOpenTransactions(options: OpenTransactionsOptions) {
  const { topic, committed, uncommitted } = options
  const open = new Map<number, { readonly offset: number; readonly since: number; isReported: boolean }>()
  return async (partitions: readonly number[]): Promise<void> => {
    const stable = await committed.fetchTopicOffsets(topic)
    const ends = await uncommitted.fetchTopicOffsets(topic)
    for (const { partition, high } of stable) {
      const offset = Number(high)
      const end = Number(ends.find((candidate) => candidate.partition === partition)?.high ?? high)
      const before = open.get(partition)
      if (!partitions.includes(partition) || end <= offset) {
        if (before !== undefined && open.delete(partition)) options.onOpen(partition, 0)
        continue
      }
      const known = before?.offset === offset ? before : { offset, since: options.now(), isReported: false }
      open.set(partition, known)
      const openMs = options.now() - known.since
      options.onOpen(partition, openMs)
      if (known.isReported || openMs < hangsAfterMs) continue
      known.isReported = true
      options.onHanging({ partition, offset, records: end - offset, openMs })
    }
  }
}
