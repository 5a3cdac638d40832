import type { Position } from '@headwater/kafka'
import type { OutgoingRecord } from '../../src/log/append-queue.ts'
import type { RecordSender } from '../../src/log/record-sender.ts'

export const schemaIds = { MaterializationEvent: 1, AssetEvent: 2, CheckEvent: 3, JobEvent: 4 } as const

/** Stores records in one partition in memory, one batch at a time; `before` may hold a batch up, or fail it. */
export class InMemoryRecordSender implements RecordSender {
  readonly records: OutgoingRecord[] = []
  readonly batches: number[] = []
  before: (records: readonly OutgoingRecord[]) => Promise<void> | void = () => undefined
  isClosed = false
  #isSending = false

  async send(records: readonly OutgoingRecord[]): Promise<readonly Position[]> {
    if (this.#isSending) throw new Error('Another batch is in flight')
    this.#isSending = true
    try {
      await this.before(records)
    } finally {
      this.#isSending = false
    }
    this.batches.push(records.length)
    return records.map((record) => ({ topic: 'log', partition: 0, offset: this.records.push(record) - 1 }))
  }

  async close(): Promise<void> {
    this.isClosed = true
  }
}
