import {
  type Headers,
  isWholeBatch,
  type LogRecord,
  logRecordOf,
  type Retry,
  readRetryHeaders,
  type WholeBatchMessage,
} from '@headwater/kafka'
import type { KafkaMessage } from 'kafkajs'
import type { RecordRange } from './record-range.ts'

type Place = { readonly topic: string; readonly partition: number }

/**
 * The records from `firstOffset` on of messages as kafkajs gives them: each a record, or a whole batch of records.
 * @returns undefined without records
 */
export function recordRangeOf(
  { topic, partition }: Place,
  messages: readonly KafkaMessage[],
  firstOffset: number,
): RecordRange | undefined {
  const wanted = messages.filter(({ offset }) => Number(offset) >= firstOffset) // that of a batch is its last
  const lastOffset = Number(wanted.at(-1)?.offset ?? Number.NaN)
  if (Number.isNaN(lastOffset)) return undefined
  const count = wanted.reduce((total, message) => total + (isWholeBatch(message) ? message.recordBatch.count : 1), 0)
  const [first] = wanted
  const begins = first === undefined || !isWholeBatch(first) ? Number(first?.offset) : first.recordBatch.firstOffset
  return {
    topic,
    partition,
    count,
    firstOffset: Math.max(begins, firstOffset),
    lastOffset,
    hasProducerTimes: wanted.some(hasProducerTime),
    records: { [Symbol.iterator]: () => recordsOf(wanted) },
  }

  function* recordsOf(all: readonly KafkaMessage[]): Generator<LogRecord> {
    for (const message of all) {
      if (!isWholeBatch(message)) yield logRecordOf(topic, partition, message)
      else if (message.value !== null) {
        const reader = new RecordReader(message.value)
        for (let left = message.recordBatch.count; left > 0; left--) {
          const record = reader.next({ topic, partition }, message.recordBatch)
          if (record.offset >= firstOffset) yield record
        }
      }
    }
  }
}

/** Of messages that are records of their own it is not known. */
const hasProducerTime = (message: KafkaMessage): boolean =>
  !isWholeBatch(message) || message.recordBatch.appendedAt === undefined

/** A record of a batch. Its key and headers are cut out when they are read, which is rare. */
class BatchedRecord implements LogRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly recordedAt: number
  readonly value: Buffer | null
  readonly #batch: Buffer
  readonly #keyAt: number
  readonly #headersAt: number

  constructor(
    place: Place,
    offset: number,
    recordedAt: number,
    value: Buffer | null,
    batch: Buffer,
    keyAt: number,
    headersAt: number,
  ) {
    this.topic = place.topic
    this.partition = place.partition
    this.offset = offset
    this.recordedAt = recordedAt
    this.value = value
    this.#batch = batch
    this.#keyAt = keyAt
    this.#headersAt = headersAt
  }

  get key(): Buffer | null {
    return new RecordReader(this.#batch, this.#keyAt).bytes()
  }

  get retry(): Retry | undefined {
    if (this.#batch[this.#headersAt] === 0) return undefined // no headers, as nearly always
    return readRetryHeaders(new RecordReader(this.#batch, this.#headersAt).headers())
  }
}

/** Reads one record after another. https://kafka.apache.org/documentation/#record */
class RecordReader {
  readonly #batch: Buffer
  #at: number

  constructor(batch: Buffer, at = 0) {
    this.#batch = batch
    this.#at = at
  }

  next(place: Place, { firstOffset, firstTimestamp, appendedAt }: WholeBatchMessage['recordBatch']): LogRecord {
    const length = this.#varint()
    const end = this.#at + length
    this.#at++ // attributes
    const timestamp = firstTimestamp + this.#varint()
    const offset = firstOffset + this.#varint()
    const keyAt = this.#at
    const keyLength = this.#varint()
    this.#at += Math.max(0, keyLength)
    const value = this.bytes()
    const headersAt = this.#at
    this.#at = end
    return new BatchedRecord(place, offset, appendedAt ?? timestamp, value, this.#batch, keyAt, headersAt)
  }

  /** Names and values after their count. */
  *headers(): Headers {
    for (let left = this.#varint(); left > 0; left--) yield [this.bytes()?.toString() ?? '', this.bytes() ?? undefined]
  }

  /** Bytes after their length, which is -1 for none. */
  bytes(): Buffer | null {
    const length = this.#varint()
    if (length < 0) return null
    const start = this.#at
    this.#at += length
    return this.#batch.subarray(start, this.#at)
  }

  /** A zigzag encoded number; beyond 2^53 it is not exact. */
  #varint(): number {
    let value = 0
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.#batch[this.#at++]
      if (byte === undefined) throw new Error(`A record is cut off after ${this.#batch.length} bytes`)
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    }
  }
}
