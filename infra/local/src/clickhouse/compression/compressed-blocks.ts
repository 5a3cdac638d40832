import { EngineError } from '../engine-error.ts'
import { cityHash128 } from './city-hash-128.ts'
import { literalBlock, tooLarge, unpackBlock } from './lz4.ts'

// The blocks of ClickHouse's own protocol, which `compress=1` asks for in the answer and `decompress=1` announces in the body:
// 16 bytes of checksum, then method, length with this head, length unpacked, and data.
// https://clickhouse.com/docs/native-protocol/columns and .../native-protocol/server

const checksumBytes = 16
const headBytes = 9
const method = { none: 0x02, lz4: 0x82 } as const
const mostInBlock = 1 << 20

/** Bytes of an answer as compressed blocks. */
export async function* compressedBlocks(answer: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const bytes of answer) {
    for (let at = 0; at < bytes.length; at += mostInBlock) yield blockOf(bytes.subarray(at, at + mostInBlock))
  }
}

function blockOf(bytes: Uint8Array): Buffer {
  const data = literalBlock(bytes)
  const block = Buffer.alloc(checksumBytes + headBytes + data.length)
  const checked = block.subarray(checksumBytes)
  checked.writeUInt8(method.lz4, 0)
  checked.writeUInt32LE(headBytes + data.length, 1)
  checked.writeUInt32LE(bytes.length, 5)
  checked.set(data, headBytes)
  const [low, high] = cityHash128(checked)
  block.writeBigUInt64LE(low, 0)
  block.writeBigUInt64LE(high, 8)
  return block
}

/** Unpacks a body of compressed blocks. @throws EngineError when it is damaged, or larger than `limit` bytes */
export function unpackCompressedBlocks(body: Buffer, limit: number): Buffer {
  const parts: Buffer[] = []
  let size = 0
  for (let at = 0; at < body.length; ) {
    const checked = body.subarray(at + checksumBytes)
    const length = checked.length < headBytes ? 0 : checked.readUInt32LE(1)
    if (length < headBytes || length > checked.length) throw damaged()
    const block = checked.subarray(0, length)
    const [low, high] = cityHash128(block)
    if (body.readBigUInt64LE(at) !== low || body.readBigUInt64LE(at + 8) !== high) throw damaged()
    size += block.readUInt32LE(5)
    if (size > limit) throw tooLarge(limit)
    parts.push(unpacked(block))
    at += checksumBytes + length
  }
  return Buffer.concat(parts)
}

function unpacked(block: Buffer): Buffer {
  const data = block.subarray(headBytes)
  if (block[0] === method.none) return data
  if (block[0] !== method.lz4)
    throw new EngineError(
      'Code: 432. DB::Exception: Compressed blocks of this kind are not accepted: choose LZ4, or no compression, in the client. (UNKNOWN_COMPRESSION_METHOD)',
    )
  const target = Buffer.alloc(block.readUInt32LE(5))
  if (unpackBlock(data, target, 0) !== target.length) throw damaged()
  return target
}

const damaged = (): EngineError =>
  new EngineError('Code: 40. DB::Exception: A compressed block of the body is damaged. (CHECKSUM_DOESNT_MATCH)')
