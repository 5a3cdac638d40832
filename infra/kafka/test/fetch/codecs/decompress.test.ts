import { gzipSync } from 'node:zlib'
import { compressFrameSync } from 'lz4-napi'
import { compressSync } from 'snappy'
import { describe, expect, it } from 'vitest'
import { codecs } from '../../../src/fetch/codecs/decompress.ts'
import { TooLargeError } from '../../../src/fetch/codecs/too-large.ts'
import { decompressInJavaScript } from '../../../src/fetch/codecs/zstd.ts'

const text = Buffer.from('what a batch of records repeats, '.repeat(3_000))
const most = 1 << 20

/** As Java's producer frames it. */
function xerial(bytes: Buffer, blockLength: number): Buffer {
  const parts: Buffer[] = [Buffer.from([0x82, ...Buffer.from('SNAPPY'), 0, 0, 0, 0, 1, 0, 0, 0, 1])]
  for (let at = 0; at < bytes.length; at += blockLength) {
    const block = compressSync(bytes.subarray(at, at + blockLength)) as Buffer
    const length = Buffer.alloc(4)
    length.writeUInt32BE(block.length)
    parts.push(length, block)
  }
  return Buffer.concat(parts)
}

// 1,000 times 'headwater ' by zstd -3, as Java's producer sends it: the frame does not say how long its content is.
const zstdText = Buffer.from('KLUv/QBYlQAAUGhlYWR3YXRlciABAAOnfEEC', 'base64')
// 64 MiB of zeros: 512 blocks that repeat a byte 128 KiB times, https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1.2
const zeroBlocks = Array.from({ length: 512 }, () => Buffer.from([0x02, 0, 0x10, 0]))
const zstdBomb = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x58]), ...zeroBlocks, Buffer.from([1, 0, 0])])

const decompress = async (codec: number, bytes: Buffer, limit = most) => codecs[codec]?.decompress(bytes, limit)

describe('records that a producer compressed', () => {
  it.each([
    ['gzip', 1, gzipSync(text)],
    ['snappy, in one block', 2, compressSync(text) as Buffer],
    ['snappy, in blocks as of Java', 2, xerial(text, 32 << 10)],
    ['lz4', 3, compressFrameSync(text)],
    ['lz4, with checksums', 3, compressFrameSync(text, { blockChecksums: true, contentChecksum: true })],
  ])('are decompressed: %s', async (_, codec, bytes) => {
    expect((await decompress(codec, bytes))?.equals(text)).toBe(true)
  })

  it('are decompressed: zstd, by Node or without its help', async () => {
    const expected = 'headwater '.repeat(1_000)
    expect(String(await decompress(4, zstdText))).toBe(expected)
    expect(String(await decompressInJavaScript(zstdText, most))).toBe(expected)
  })

  const zeros = Buffer.alloc(64 << 20)
  it.each([
    ['gzip', 1, gzipSync(zeros)],
    ['snappy', 2, compressSync(zeros) as Buffer],
    ['snappy, in blocks as of Java', 2, xerial(zeros, 1 << 20)],
    ['lz4', 3, compressFrameSync(zeros)],
    ['zstd', 4, zstdBomb],
  ])('are refused beyond a limit, before they take that much memory: %s', async (_, codec, bytes) => {
    const before = process.memoryUsage().arrayBuffers
    await expect(decompress(codec, bytes)).rejects.toThrow(TooLargeError)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 << 20)
  })

  it('are refused when zstd asks for a larger window than it allows itself', async () => {
    const window2GiB = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00])
    await expect(decompressInJavaScript(window2GiB, most)).rejects.toThrow('128 MiB')
    await expect(decompress(4, window2GiB)).rejects.toThrow()
  })

  it.each([
    ['gzip', 1, gzipSync(text)],
    ['snappy', 2, compressSync(text) as Buffer],
    ['snappy, in blocks as of Java', 2, xerial(text, 32 << 10)],
    ['lz4', 3, compressFrameSync(text)],
  ])('are refused when their end is missing, or they begin with something else: %s', async (_, codec, bytes) => {
    await expect(decompress(codec, bytes.subarray(0, bytes.length - 10))).rejects.toThrow()
    await expect(decompress(codec, Buffer.concat([Buffer.from('another'), bytes]))).rejects.toThrow()
    await expect(decompress(codec, Buffer.alloc(0))).rejects.toThrow()
  })

  it('are refused when zstd begins with something else, or, without the help of Node, its end is missing', async () => {
    await expect(decompress(4, Buffer.concat([Buffer.from('another'), zstdText]))).rejects.toThrow()
    await expect(decompressInJavaScript(zstdText.subarray(0, -10), most)).rejects.toThrow()
  })
})
