import type { IncomingMessage } from 'node:http'
import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { tooLarge, unpackLz4Frames } from './compression/lz4.ts'
import { EngineError } from './engine-error.ts'

const unpackers: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/**
 * The whole body, unpacked. A body that breaks off is never returned: a part of it may be a statement too.
 * @throws EngineError when it is larger than `limit` bytes or packed in a way that is not listed above
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  const parts: Buffer[] = []
  let size = 0
  async function collect(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const part of source) {
      size += part.length
      if (size > limit) throw tooLarge(limit)
      parts.push(part)
    }
  }
  const source = request.iterator({ destroyOnReturn: false }) // so that a refusal can still be answered
  const unpack = unpackers.get(encoding)
  if (encoding === 'identity' || encoding === 'lz4') await pipeline(source, collect)
  else if (unpack !== undefined) await pipeline(source, unpack(), collect)
  else
    throw new EngineError(
      `Code: 48. DB::Exception: Content-Encoding ${encoding} is not accepted: choose lz4, gzip, deflate or br in the client, or none. (NOT_IMPLEMENTED)`,
    )
  const body = Buffer.concat(parts, size)
  return encoding === 'lz4' ? unpackLz4Frames(body, limit) : body
}
