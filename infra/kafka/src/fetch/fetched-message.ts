import type { KafkaMessage } from 'kafkajs'
import type { RecordBatch } from './record-batch.ts'

/** Why a batch of records, or one in an old format, cannot be read. Its bytes are the message's value. */
export type Unreadable = { readonly code: 'UNREADABLE_BATCH'; readonly reason: string }

/** A batch of records in one message, whose offset is that of the last record and whose value is all records, decompressed. */
export type WholeBatchMessage = KafkaMessage & {
  readonly recordBatch: Pick<RecordBatch, 'firstOffset' | 'count' | 'firstTimestamp' | 'appendedAt'>
}

type UnreadableMessage = KafkaMessage & { readonly unreadable: Unreadable }

/** Why a message cannot be read; undefined for nearly all. */
export const unreadableOf = (message: KafkaMessage): Unreadable | undefined =>
  'unreadable' in message ? (message as UnreadableMessage).unreadable : undefined

export const isWholeBatch = (message: KafkaMessage): message is WholeBatchMessage => 'recordBatch' in message

const empty = { timestamp: '', attributes: 0, headers: {}, key: null, value: null, isControlRecord: false }

/** Consumers pass over it: it only says that there is nothing to deliver up to `offset`. */
export const passedMessage = (offset: number) => ({ ...empty, offset: String(offset), isControlRecord: true })

export function wholeBatchMessage(batch: RecordBatch, records: Buffer) {
  const { firstOffset, lastOffset, count, firstTimestamp, appendedAt } = batch // without the compressed bytes
  return {
    ...{ ...empty, offset: String(lastOffset), value: records },
    recordBatch: { firstOffset, count, firstTimestamp, appendedAt },
  }
}

export const unreadableMessage = (offset: number, recordedAt: number, bytes: Buffer, reason: string) => ({
  ...{ ...empty, offset: String(offset), timestamp: String(recordedAt), value: bytes },
  unreadable: { code: 'UNREADABLE_BATCH' as const, reason },
})
