import { TooLargeError } from './too-large.ts'

// https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md

const magic = 0x184d2204
const flags = { blockChecksum: 0x10, contentSize: 0x8, dictionary: 0x1 }
const uncompressed = 0x80000000

export async function decompressLz4(bytes: Buffer, most: number): Promise<Buffer> {
  if (largestOutput(bytes) > most) throw new TooLargeError(most)
  const { decompressFrame } = await import('lz4-napi')
  return decompressFrame(bytes)
}

/** How long the content of a frame can be: the library itself has no limit. */
function largestOutput(frame: Buffer): number {
  if (frame.readUInt32LE(0) !== magic) throw new Error('it is not an LZ4 frame')
  const descriptor = frame.readUInt8(4)
  const largestBlock = 2 ** (8 + 2 * ((frame.readUInt8(5) >>> 4) & 7))
  let at = 7
  if ((descriptor & flags.contentSize) !== 0) at += 8
  if ((descriptor & flags.dictionary) !== 0) at += 4
  let most = 0
  for (let block = frame.readUInt32LE(at); block !== 0; block = frame.readUInt32LE(at)) {
    const length = block & ~uncompressed
    most += block >= uncompressed ? length : Math.min(largestBlock, length * 255)
    at += 4 + length + ((descriptor & flags.blockChecksum) === 0 ? 0 : 4)
  }
  return most
}
