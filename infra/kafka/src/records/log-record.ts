import type { KafkaMessage } from 'kafkajs'
import { type Unreadable, unreadableOf } from '../fetch/fetched-message.ts'
import type { Position } from './position.ts'
import { type Retry, readRetryHeaders } from './retry-headers.ts'

/** One record of the log. */
export type LogRecord = Position & {
  readonly key: Buffer | null
  readonly value: Buffer | null
  /** Append time at the broker, epoch milliseconds. */
  readonly recordedAt: number
  /** Set on records that were sent again by a retry: which record they repeat. Undefined for nearly all records. */
  readonly retry?: Retry | undefined
  /** Set where the broker's bytes cannot be read as records: `value` is all of them, and the record stands for each record in them. */
  readonly unreadable?: Unreadable | undefined
}

/** The record in a message as kafkajs gives it, or the records that cannot be read. */
export const logRecordOf = (topic: string, partition: number, message: KafkaMessage): LogRecord => ({
  topic,
  partition,
  offset: Number(message.offset),
  key: message.key,
  value: message.value,
  recordedAt: Number(message.timestamp),
  retry: readRetryHeaders(Object.entries(message.headers ?? {})),
  unreadable: unreadableOf(message),
})

/**
 * When the record counts as recorded, epoch milliseconds. A retried record counts from the append time of the record it repeats, so the
 * tables equal those of a projector that accepted the first one. Never later than its own append time, which producers cannot set.
 */
export function recordedTimeOf({ recordedAt, retry }: LogRecord): number {
  return retry?.recordedAt === undefined ? recordedAt : Math.min(retry.recordedAt, recordedAt)
}
