import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { EngineError } from './engine-error.ts'

/**
 * The whole body, unpacked. A body that breaks off is never returned: a part of it may be a statement too.
 * @throws EngineError when it is larger than `limit` bytes or packed in another way than gzip
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  const parts: Buffer[] = []
  let size = 0
  async function collect(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const part of source) {
      size += part.length
      if (size > limit)
        throw new EngineError(`Code: 65. DB::Exception: The body is larger than ${limit} bytes. (QUERY_IS_TOO_LARGE)`)
      parts.push(part)
    }
  }
  const source = request.iterator({ destroyOnReturn: false }) // so that a refusal can still be answered
  if (encoding === 'identity') await pipeline(source, collect)
  else if (encoding === 'gzip') await pipeline(source, createGunzip(), collect)
  else
    throw new EngineError(
      `Code: 48. DB::Exception: Content-Encoding ${encoding} is not taken, only gzip. (NOT_IMPLEMENTED)`,
    )
  return Buffer.concat(parts, size)
}
