import { crc32c } from '../../src/fetch/crc32c.ts'

export type BatchOptions = {
  readonly firstOffset: number
  readonly values?: readonly string[]
  readonly compression?: number
  /** The records as they are compressed; default: not at all. */
  readonly compress?: (records: Buffer) => Buffer
}

/** Numbers below 64 take a byte as varints. */
const varint = (n: number) => Buffer.from([n * 2])

function recordBytes(value: string, offsetDelta: number): Buffer {
  const rest = [Buffer.from([0, 0]), varint(offsetDelta), Buffer.from([1]), varint(value.length), Buffer.from(value)]
  const record = Buffer.concat([...rest, Buffer.from([0])])
  return Buffer.concat([varint(record.length), record])
}

/** A batch of records as a broker sends it. https://kafka.apache.org/documentation/#recordbatch */
export function batchBytes({ firstOffset, values = ['v'], compression = 0, compress }: BatchOptions): Buffer {
  const records = Buffer.concat(values.map(recordBytes))
  const bytes = Buffer.concat([Buffer.alloc(61), compress === undefined ? records : compress(records)])
  bytes.writeBigInt64BE(BigInt(firstOffset), 0)
  bytes.writeInt32BE(bytes.length - 12, 8)
  bytes.writeInt8(2, 16)
  bytes.writeInt16BE(compression, 21)
  bytes.writeInt32BE(Math.max(0, values.length - 1), 23)
  bytes.writeBigInt64BE(1_768_478_400_000n, 27)
  bytes.writeBigInt64BE(1_768_478_400_000n, 35)
  bytes.writeBigInt64BE(-1n, 43)
  bytes.writeInt32BE(values.length, 57)
  bytes.writeInt32BE(crc32c(bytes.subarray(21)), 17)
  return bytes
}
