import Decoder from 'kafkajs/src/protocol/decoder.js'
import { decodeRecordSet, type RecordSetOptions } from './decode-record-set.ts'

// https://kafka.apache.org/protocol#The_Messages_Fetch

type Options = Omit<RecordSetOptions, 'aborted'>

/** Decodes an answer to a fetch, of the versions that kafkajs requests and that have record batches: 4 to 11. */
export async function decodeFetchResponse(bytes: Buffer, version: number, options: Options): Promise<object> {
  const decoder = new Decoder(bytes)
  const throttleTime = decoder.readInt32()
  const session = version < 7 ? {} : { errorCode: decoder.readInt16(), sessionId: decoder.readInt32() }
  const responses = await decoder.readArrayAsync(async () => ({
    topicName: decoder.readString(),
    partitions: await decoder.readArrayAsync(() => decodePartition(decoder, version, options)),
  }))
  // From version 8 on the broker has not waited, and leaves it to the client (KIP-219).
  const throttling = version < 8 ? { throttleTime } : { throttleTime: 0, clientSideThrottleTime: throttleTime }
  return { ...throttling, ...session, responses }
}

async function decodePartition(decoder: Decoder, version: number, options: Options): Promise<object> {
  const partition = decoder.readInt32()
  const errorCode = decoder.readInt16()
  const highWatermark = decoder.readInt64().toString()
  const lastStableOffset = decoder.readInt64().toString()
  const start = version < 5 ? {} : { lastStartOffset: decoder.readInt64().toString() }
  const aborted = decoder.readArray(() => ({
    producerId: BigInt(decoder.readInt64().toString()),
    firstOffset: Number(decoder.readInt64().toString()),
  }))
  const replica = version < 11 ? {} : { preferredReadReplica: decoder.readInt32() }
  const length = decoder.readInt32()
  const recordSet = length > 0 ? decoder.readBytes(length) : null
  const messages = recordSet === null ? [] : await decodeRecordSet(recordSet, { ...options, aborted })
  const abortedTransactions: readonly object[] = [] // for kafkajs nothing is left to do
  return {
    ...{ partition, errorCode, highWatermark, lastStableOffset, ...start, abortedTransactions },
    ...{ ...replica, messages },
  }
}
