import { crc32c } from './crc32c.ts'

// https://kafka.apache.org/documentation/#recordbatch and #controlbatch

/** The header of a batch of records as the log holds them. */
export type RecordBatch = {
  readonly firstOffset: number
  readonly lastOffset: number
  readonly count: number
  readonly firstTimestamp: number
  /** When the broker appended the batch; undefined when its topic keeps the time of the producer. */
  readonly appendedAt: number | undefined
  readonly producerId: bigint
  readonly isTransactional: boolean
  /** The end of a transaction, written by the broker; undefined for records of producers. */
  readonly control: 'abort' | 'other' | undefined
  /** How the records are compressed; 0 for not at all. */
  readonly compression: number
  /** The bytes of the records, compressed or not. */
  readonly records: Buffer
  readonly bytes: Buffer
}

/** A batch whose header cannot be trusted, or that an earlier version of Kafka wrote in another format. */
export type UnknownBatch = { readonly firstOffset: number; readonly problem: string; readonly bytes: Buffer }

const flags = { appendTime: 0x8, transactional: 0x10, control: 0x20, compression: 0x7 }
const at = {
  ...{ length: 8, magic: 16, checksum: 17, attributes: 21, lastOffsetDelta: 23, times: 27, lastTime: 35 },
  ...{ producerId: 43, count: 57, records: 61 },
}
const bytesBeforeLength = 12

/** The batches of a partition in the answer to a fetch. The last one may be cut off, and is then left out. */
export function* recordBatchesOf(recordSet: Buffer): Generator<RecordBatch | UnknownBatch> {
  let start = 0
  while (start + at.checksum <= recordSet.length) {
    const end = start + bytesBeforeLength + recordSet.readInt32BE(start + at.length)
    if (end > recordSet.length) return
    const bytes = recordSet.subarray(start, end)
    if (bytes.length < at.checksum) throw new Error(`The broker sent a record batch of ${bytes.length} bytes`)
    yield recordBatchOf(bytes)
    start = end
  }
}

function recordBatchOf(bytes: Buffer): RecordBatch | UnknownBatch {
  const firstOffset = int64(bytes, 0)
  const format = bytes[at.magic]
  if (format !== 2) return { firstOffset, problem: formatProblem(format), bytes }
  if (bytes.length < at.records || bytes.readInt32BE(at.checksum) !== crc32c(bytes.subarray(at.attributes))) {
    const problem = "does not match its checksum: it was changed on the broker's disk or on the way from it"
    return { firstOffset, problem, bytes }
  }
  const attributes = bytes.readInt16BE(at.attributes)
  const records = bytes.subarray(at.records)
  return {
    firstOffset,
    lastOffset: firstOffset + bytes.readInt32BE(at.lastOffsetDelta),
    count: bytes.readInt32BE(at.count),
    firstTimestamp: int64(bytes, at.times),
    appendedAt: (attributes & flags.appendTime) === 0 ? undefined : int64(bytes, at.lastTime),
    producerId: bytes.readBigInt64BE(at.producerId),
    isTransactional: (attributes & flags.transactional) !== 0,
    control: (attributes & flags.control) === 0 ? undefined : controlOf(records),
    compression: attributes & flags.compression,
    records,
    bytes,
  }
}

const formatProblem = (format: number | undefined): string =>
  format === 0 || format === 1
    ? `is in message format ${format}, which Kafka wrote before version 0.11`
    : `is in message format ${format}, which this version of Headwater does not read`

/** The time of a batch whose header is whole; that of another may be anything. */
export const timeOf = ({ appendedAt, firstTimestamp }: RecordBatch): number => appendedAt ?? firstTimestamp

const abortMarker = 0

/** A control record's key has a version and a type, two bytes each. */
function controlOf(records: Buffer): 'abort' | 'other' {
  let at = afterVarint(records, 0) + 1 // the record's length, its attributes
  for (let field = 0; field < 3; field++) at = afterVarint(records, at) // its time, its offset, the length of its key
  return at + 4 <= records.length && records.readInt16BE(at + 2) === abortMarker ? 'abort' : 'other'
}

function afterVarint(bytes: Buffer, start: number): number {
  let at = start
  while ((bytes[at] ?? 0) >= 0x80) at++
  return at + 1
}

const int64 = (buffer: Buffer, offset: number): number => Number(buffer.readBigInt64BE(offset))
