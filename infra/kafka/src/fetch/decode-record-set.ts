import Decoder from 'kafkajs/src/protocol/decoder.js'
import decodeRecord from 'kafkajs/src/protocol/recordBatch/record/v0/decoder.js'
import timestampTypes from 'kafkajs/src/protocol/timestampTypes.js'
import { codecs } from './codecs/decompress.ts'
import { type AbortedTransaction, committedBatches } from './committed-batches.ts'
import { passedMessage, unreadableMessage, wholeBatchMessage } from './fetched-message.ts'
import { type RecordBatch, recordBatchesOf, timeOf, type UnknownBatch } from './record-batch.ts'

// Holds: every offset up to that of the last message is delivered, or belongs to what is not to be delivered; so a consumer that goes on
// after it loses nothing. A batch that cannot be read is delivered as a message that says so: it must not stop its partition.

export type RecordSetOptions = {
  /** Of the partition, as the broker lists them. */
  readonly aborted: readonly AbortedTransaction[]
  /** One message for each batch of records, instead of one for each record. */
  readonly wholeBatches: boolean
  readonly now: () => number
}

/** A batch may take this much when it is decompressed, or 16 times its size: a small one that takes more was made to exhaust the memory. */
const mostBytes = 64 << 20
const mostFactor = 16
/** After so many decompressed bytes the rest of a partition is fetched again later. */
const bytesAhead = 16 << 20

/** The messages of a partition in the answer to a fetch, for kafkajs to pass on. */
export async function decodeRecordSet(recordSet: Buffer, options: RecordSetOptions): Promise<readonly object[]> {
  const found = [...recordBatchesOf(recordSet)]
  const known = found.flatMap((batch) => (isUnknown(batch) ? [] : [batch]))
  const committed = committedBatches(known, options.aborted)
  const messages: object[] = []
  let decompressed = 0
  for (const [index, batch] of found.entries()) {
    if (isUnknown(batch)) messages.push(unknownMessage(batch, found[index + 1], options.now()))
    else if (!committed.has(batch) || batch.count === 0) messages.push(passedMessage(batch.lastOffset))
    else {
      if (decompressed > bytesAhead) break
      const records = await recordsOf(batch)
      if (typeof records === 'string') messages.push(unreadableBatch(batch, records))
      else {
        decompressed += batch.compression === 0 ? 0 : records.length
        if (options.wholeBatches) messages.push(wholeBatchMessage(batch, records))
        else for (const message of recordMessages(batch, records)) messages.push(message)
      }
    }
  }
  return messages
}

const isUnknown = (batch: RecordBatch | UnknownBatch): batch is UnknownBatch => 'problem' in batch

/** The bytes of the records; a text that says why there are none. @throws Error when a codec cannot be loaded */
async function recordsOf({ compression, count, records }: RecordBatch): Promise<Buffer | string> {
  if (compression === 0) return records
  const codec = codecs[compression]
  if (codec === undefined) return `: its compression, ${compression}, is unknown`
  try {
    const found = await codec.decompress(records, Math.max(mostBytes, records.length * mostFactor))
    return holdsRecords(found, count) ? found : ` (${codec.name}): it is cut off`
  } catch (error) {
    if (isNotInstalled(error)) throw error
    return ` (${codec.name}): ${(error as Error).message}`
  }
}

/** Node's zstd takes what is cut off for whole. Each record begins with its length. */
function holdsRecords(records: Buffer, count: number): boolean {
  let at = 0
  for (let left = count; left > 0 && at < records.length; left--) {
    let [length, scale, byte] = [0, 1, 0]
    do {
      byte = records[at++] ?? 0
      length += (byte & 0x7f) * scale
      scale *= 0x80
    } while (byte >= 0x80)
    at += length / 2 // which is never negative
    if (left === 1) return at <= records.length
  }
  return false
}

/** Not of the batch: with the package, the same batch can be read. */
const isNotInstalled = (error: unknown): boolean =>
  ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED'].includes((error as { code?: string }).code ?? '')

function unreadableBatch(batch: RecordBatch, problem: string): object {
  const { firstOffset, lastOffset, bytes } = batch
  const reason = `The batch of records at offsets ${firstOffset} to ${lastOffset} cannot be read${problem}`
  return unreadableMessage(lastOffset, timeOf(batch), bytes, reason)
}

type Beginning = { readonly firstOffset: number }

/** Where the batch ends is not known for sure, but where the next one begins. */
function unknownMessage(
  { firstOffset, problem, bytes }: UnknownBatch,
  next: Beginning | undefined,
  now: number,
): object {
  const offset = next === undefined ? firstOffset : next.firstOffset - 1
  return unreadableMessage(
    offset,
    now,
    bytes,
    `The batch of records at offset ${firstOffset} cannot be read: it ${problem}`,
  )
}

function* recordMessages(batch: RecordBatch, records: Buffer): Generator<object> {
  const decoder = new Decoder(records)
  const context = {
    ...{ firstOffset: String(batch.firstOffset), firstTimestamp: String(batch.firstTimestamp), magicByte: 2 },
    timestampType: batch.appendedAt === undefined ? timestampTypes.CREATE_TIME : timestampTypes.LOG_APPEND_TIME,
    maxTimestamp: String(timeOf(batch)),
  }
  for (let left = batch.count; left > 0; left--) yield decodeRecord(new Decoder(decoder.readVarIntBytes()), context)
}
