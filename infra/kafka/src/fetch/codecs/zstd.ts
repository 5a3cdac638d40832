import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { isTooLarge } from './gzip.ts'
import { TooLargeError } from './too-large.ts'

type Native = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>

/** Node's own, from 22.15 on. */
const native = 'zstdDecompress' in zlib ? (promisify(zlib.zstdDecompress as never) as unknown as Native) : undefined

export const decompressZstd = native === undefined ? decompressInJavaScript : decompressNatively

async function decompressNatively(bytes: Buffer, most: number): Promise<Buffer> {
  try {
    return await (native as Native)(bytes, { maxOutputLength: most })
  } catch (error) {
    throw isTooLarge(error) ? new TooLargeError(most) : error
  }
}

/** For Node before 22.15. */
export async function decompressInJavaScript(bytes: Buffer, most: number): Promise<Buffer> {
  const { Decompress } = await import('fzstd')
  if (windowOf(bytes) > largestWindow) throw new Error('its window is larger than 128 MiB')
  const parts: Uint8Array[] = []
  let length = 0
  const stream = new Decompress((part) => {
    length += part.length
    if (length > most) throw new TooLargeError(most)
    parts.push(part)
  })
  stream.push(bytes, true)
  return Buffer.concat(parts, length)
}

const largestWindow = 2 ** 27 // the limit of zstd itself, too
const isSingleSegment = 0x20

/** The memory that a frame asks for; of one in a single segment, that of its content. https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1 */
function windowOf(frame: Buffer): number {
  const descriptor = frame.readUInt8(4)
  if ((descriptor & isSingleSegment) === 0) {
    const window = frame.readUInt8(5)
    const base = 2 ** (10 + (window >>> 3))
    return base + (base / 8) * (window & 7)
  }
  const at = 5 + ([0, 1, 2, 4][descriptor & 3] ?? 0)
  const size = descriptor >>> 6
  if (size === 0) return frame.readUInt8(at)
  if (size === 1) return frame.readUInt16LE(at) + 256
  return size === 2 ? frame.readUInt32LE(at) : Number(frame.readBigUInt64LE(at))
}
