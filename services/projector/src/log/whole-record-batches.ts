import { createRequire } from 'node:module'
import type { KafkaMessage } from 'kafkajs'

// kafkajs makes some ten objects of each record, several big integers among them, which costs more than folding it does. Loaded
// before kafkajs, this makes its consumers give one message for each record batch instead, for `recordRangeOf` to read.
// https://kafka.apache.org/documentation/#recordbatch

/** A batch of records as the log holds them, uncompressed. */
export type RecordBatch = {
  readonly firstOffset: number
  readonly count: number
  readonly firstTimestamp: number
  /** When the broker appended the batch; undefined when its topic keeps the time of the producer. */
  readonly appendedAt: number | undefined
}
export type WholeBatchMessage = KafkaMessage & { readonly recordBatch: RecordBatch }

type FetchDecoder = { readonly buffer: Buffer; readonly offset: number; forward(bytes: number): void }
type BatchDecoder = (decoder: FetchDecoder) => Promise<{ readonly records: readonly unknown[] }>
type Codec = { decompress(bytes: Buffer): Promise<Buffer> }

const require = createRequire(import.meta.url)
const path = require.resolve('kafkajs/src/protocol/recordBatch/v0/decoder.js')
const decodeRecords: BatchDecoder = require(path)
const { lookupCodecByAttributes } = require('kafkajs/src/protocol/message/compression/index.js') as {
  lookupCodecByAttributes(attributes: number): Codec | null
}
const loaded = require.cache[path]
if (loaded !== undefined) loaded.exports = decodeWhole

const flags = { appendTime: 0x8, transactional: 0x10, control: 0x20 }
const at = { length: 8, attributes: 21, lastOffsetDelta: 23, times: 27, producerId: 43, count: 57, records: 61 }
const bytesBeforeLength = 12

async function decodeWhole(decoder: FetchDecoder): Promise<{ readonly records: readonly unknown[] }> {
  const { buffer, offset } = decoder
  const end = offset + bytesBeforeLength + buffer.readInt32BE(offset + at.length)
  if (end > buffer.length) return decodeRecords(decoder) // refuses it as cut off
  const attributes = buffer.readInt16BE(offset + at.attributes)
  if ((attributes & flags.control) !== 0) return decodeRecords(decoder)
  decoder.forward(end - offset)
  const firstOffset = int64(buffer, offset)
  const lastOffset = String(firstOffset + buffer.readInt32BE(offset + at.lastOffsetDelta))
  const codec = lookupCodecByAttributes(attributes)
  const records = buffer.subarray(offset + at.records, end)
  const recordBatch: RecordBatch = {
    firstOffset,
    count: buffer.readInt32BE(offset + at.count),
    firstTimestamp: int64(buffer, offset + at.times),
    appendedAt: (attributes & flags.appendTime) === 0 ? undefined : int64(buffer, offset + at.times + 8),
  }
  const message = {
    ...{ offset: lastOffset, timestamp: '', attributes: 0, headers: {}, isControlRecord: false },
    ...{ key: null, value: codec === null ? records : await codec.decompress(records), recordBatch },
    batchContext: {
      producerId: String(buffer.readBigInt64BE(offset + at.producerId)),
      inTransaction: (attributes & flags.transactional) !== 0,
    },
  }
  return { records: [message] }
}

const int64 = (buffer: Buffer, offset: number): number => Number(buffer.readBigInt64BE(offset))
