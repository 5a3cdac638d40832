import { EngineError } from '../engine-error.ts'

// https://github.com/lz4/lz4/tree/dev/doc: lz4_Block_format.md and lz4_Frame_format.md

const broken = (): EngineError =>
  new EngineError(
    'Code: 432. DB::Exception: The LZ4 data of the body is invalid or cut short. (UNKNOWN_COMPRESSION_METHOD)',
  )

/** A block of LZ4 that holds its bytes as they are: between processes of one machine, packing costs more than it saves. */
export function literalBlock(bytes: Uint8Array): Buffer {
  const lengthBytes = bytes.length < 15 ? 0 : Math.floor((bytes.length - 15) / 255) + 1
  const block = Buffer.alloc(1 + lengthBytes + bytes.length, 255)
  block[0] = Math.min(bytes.length, 15) << 4
  if (lengthBytes > 0) block[lengthBytes] = (bytes.length - 15) % 255
  block.set(bytes, 1 + lengthBytes)
  return block
}

/**
 * Unpacks a block behind what is unpacked already, which it may refer to.
 * @returns where it ends in `target`
 * @throws EngineError when the block is invalid, or does not fit
 */
export function unpackBlock(block: Uint8Array, target: Uint8Array, start: number): number {
  let from = 0
  let to = start
  const byte = (): number => {
    const value = block[from++]
    if (value === undefined) throw broken()
    return value
  }
  const lengthOf = (first: number): number => {
    let length = first
    if (first === 15) for (let more = 255; more === 255; length += more) more = byte()
    return length
  }
  while (from < block.length) {
    const token = byte()
    const literals = lengthOf(token >> 4)
    if (from + literals > block.length || to + literals > target.length) throw broken()
    target.set(block.subarray(from, from + literals), to)
    from += literals
    to += literals
    if (from === block.length) break // the last sequence has no match
    const offset = byte() | (byte() << 8)
    const length = lengthOf(token & 15) + 4
    if (offset === 0 || offset > to || to + length > target.length) throw broken()
    if (offset >= length) target.copyWithin(to, to - offset, to - offset + length)
    else for (let at = to; at < to + length; at++) target[at] = target[at - offset] ?? 0 // the match overlaps itself
    to += length
  }
  return to
}

const magic = 0x184d2204

/**
 * Unpacks what `Content-Encoding: lz4` names: frames of LZ4, without their checksums.
 * @throws EngineError when it is invalid, or larger than `limit` bytes unpacked
 */
export function unpackLz4Frames(body: Buffer, limit: number): Buffer {
  let target = Buffer.alloc(0)
  let [at, end] = [0, 0]
  const need = (length: number): void => {
    if (at + length > body.length) throw broken()
  }
  function room(length: number): void {
    if (end + length <= target.length) return
    const larger = Buffer.alloc(Math.max(end + length, target.length * 2))
    larger.set(target.subarray(0, end))
    target = larger
  }
  while (at < body.length) {
    need(7)
    const [flags, sizes] = [body.readUInt8(at + 4), body.readUInt8(at + 5)]
    if (body.readUInt32LE(at) !== magic || flags >> 6 !== 1) throw broken()
    at += 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0)
    const mostOfBlock = 4 ** (((sizes >> 4) & 7) + 4)
    for (;;) {
      need(4)
      const size = body.readUInt32LE(at) & 0x7fffffff
      const isPacked = body.readUInt32LE(at) < 0x80000000
      at += 4
      if (size === 0) break
      need(size)
      const block = body.subarray(at, at + size)
      room(isPacked ? mostOfBlock : size)
      if (!isPacked) target.set(block, end)
      end = isPacked ? unpackBlock(block, target.subarray(0, end + mostOfBlock), end) : end + size
      if (end > limit) throw tooLarge(limit)
      at += size + (flags & 16 ? 4 : 0)
    }
    at += flags & 4 ? 4 : 0
  }
  return target.subarray(0, end)
}

export const tooLarge = (limit: number): EngineError =>
  new EngineError(`Code: 65. DB::Exception: The body is larger than ${limit} bytes. (QUERY_IS_TOO_LARGE)`)
