import { TooLargeError } from './too-large.ts'

// Java's producer frames blocks as the snappy-java library does: a header, then blocks with their lengths. Other producers send one block.
// https://github.com/xerial/snappy-java#compatibility-notes

const magic = Buffer.from([0x82, ...Buffer.from('SNAPPY'), 0])
const headerLength = magic.length + 8 // two versions

export async function decompressSnappy(bytes: Buffer, most: number): Promise<Buffer> {
  const { uncompressSync } = await import('snappy')
  const blocks = [...blocksOf(bytes)]
  if (blocks.reduce((total, block) => total + lengthOf(block), 0) > most) throw new TooLargeError(most)
  const parts = blocks.map((block) => uncompressSync(block) as Buffer)
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
}

function* blocksOf(bytes: Buffer): Generator<Buffer> {
  if (!bytes.subarray(0, magic.length).equals(magic)) return yield bytes
  for (let at = headerLength; at < bytes.length; ) {
    const end = at + 4 + bytes.readUInt32BE(at)
    if (end > bytes.length) throw new Error('a block is cut off')
    yield bytes.subarray(at + 4, end)
    at = end
  }
}

/** A block begins with its decompressed length, in groups of 7 bits. */
function lengthOf(block: Buffer): number {
  let length = 0
  for (let at = 0, scale = 1; at < 5; at++, scale *= 0x80) {
    const byte = block[at] ?? 0
    length += (byte & 0x7f) * scale
    if (byte < 0x80) return length
  }
  throw new Error('a block has no length')
}
