import { endianness } from 'node:os'

// CRC-32C, sixteen bytes at a time by a table for each (https://create.stephan-brumme.com/crc32/#slicing-by-16-overview): some 2 GB/s.
// `zlib.crc32` computes another polynomial.

const slices = 16
const tables = tablesOf(0x82f63b78)
const isLittleEndian = endianness() === 'LE'

/** The checksum of Kafka's record batches, as a signed integer as they hold it. */
export function crc32c(bytes: Buffer): number {
  let crc = -1
  let at = 0
  const byte = () => {
    crc = (tables[(crc ^ (bytes[at++] as number)) & 0xff] as number) ^ (crc >>> 8)
  }
  if (isLittleEndian) {
    while (at < bytes.length && (bytes.byteOffset + at) % 4 !== 0) byte()
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, ((bytes.length - at) >>> 4) * 4)
    crc = crcOfWords(words, crc)
    at += words.length * 4
  }
  while (at < bytes.length) byte()
  return ~crc
}

function crcOfWords(words: Int32Array, start: number): number {
  const t = tables
  let crc = start
  for (let at = 0; at < words.length; at += 4) {
    const a = crc ^ (words[at] as number)
    const [b, c, d] = [words[at + 1] as number, words[at + 2] as number, words[at + 3] as number]
    crc = sliced(t, 15, a) ^ sliced(t, 11, b) ^ sliced(t, 7, c) ^ sliced(t, 3, d)
  }
  return crc
}

const sliced = (t: Int32Array, slice: number, word: number): number =>
  (t[slice * 256 + (word & 0xff)] as number) ^
  (t[(slice - 1) * 256 + ((word >>> 8) & 0xff)] as number) ^
  (t[(slice - 2) * 256 + ((word >>> 16) & 0xff)] as number) ^
  (t[(slice - 3) * 256 + (word >>> 24)] as number)

function tablesOf(polynomial: number): Int32Array {
  const all = new Int32Array(256 * slices)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ polynomial
    all[byte] = crc
  }
  for (let at = 256; at < all.length; at++) {
    const before = all[at - 256] as number
    all[at] = (before >>> 8) ^ (all[before & 0xff] as number)
  }
  return all
}
