import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import { GatewayError } from '../errors.ts'
import type { BodyBudget } from './body-budget.ts'

type Decompression = {
  readonly sync: (bytes: Buffer, limit: { readonly maxOutputLength: number }) => Buffer
  readonly stream: (options: { readonly chunkSize: number }) => Transform
}

const gzip: Decompression = { sync: zlib.gunzipSync, stream: zlib.createGunzip }
const deflate: Decompression = { sync: zlib.inflateSync, stream: zlib.createInflate }
const rawDeflate: Decompression = { sync: zlib.inflateRawSync, stream: zlib.createInflateRaw }
const brotli: Decompression = { sync: zlib.brotliDecompressSync, stream: zlib.createBrotliDecompress }

export const encodings = ['gzip', 'deflate', 'br'] as const

/** The compression that a Content-Encoding header names; undefined for none. @throws GatewayError UNSUPPORTED_ENCODING */
export function encodingOf(header: string | undefined): (typeof encodings)[number] | undefined {
  const name = (header ?? '').trim().toLowerCase()
  if (name === '' || name === 'identity') return undefined
  if (name === 'x-gzip') return 'gzip'
  const known = encodings.find((each) => each === name)
  if (known !== undefined) return known
  const detail = `Content-Encoding ${JSON.stringify(name.slice(0, 50))} is not supported; use ${encodings.join(', ')}, or send the body uncompressed`
  throw new GatewayError('UNSUPPORTED_ENCODING', detail, { encodings })
}

const maxSyncBytes = 32 << 10 // a thread costs more than it saves for smaller bodies
const chunkSize = 64 << 10

/**
 * Decompresses a body. Stops as soon as the result exceeds `maxBytes`, or what is left of the budget for all bodies.
 * @throws GatewayError BODY_TOO_LARGE | BROKEN_COMPRESSION | OVERLOADED
 */
export async function decompress(
  bytes: Buffer,
  encoding: (typeof encodings)[number],
  { maxBytes, budget }: { readonly maxBytes: number; readonly budget: BodyBudget },
): Promise<Buffer> {
  const { sync, stream } = decompressionOf(encoding, bytes)
  try {
    if (bytes.length <= maxSyncBytes) return sync(bytes, { maxOutputLength: maxBytes })
    return await collect(stream({ chunkSize }).end(bytes), { maxBytes, budget, alreadyHeld: bytes.length })
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw bodyTooLarge(maxBytes, 'decompressed')
    const detail = `The body is not valid ${encoding}, or is truncated: ${(cause as Error).message}`
    throw new GatewayError('BROKEN_COMPRESSION', detail, {}, cause)
  }
}

type CollectOptions = { readonly maxBytes: number; readonly budget: BodyBudget; readonly alreadyHeld: number }

/** Collects a stream and counts its bytes as they arrive: many small bodies can expand to large ones at the same time. */
async function collect(stream: Transform, { maxBytes, budget, alreadyHeld }: CollectOptions): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  budget.take(alreadyHeld)
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      budget.take(chunk.length)
      if (length > maxBytes) throw bodyTooLarge(maxBytes, 'decompressed')
      if (budget.isExceeded) throw tooManyBodies()
    }
    return Buffer.concat(chunks, length)
  } finally {
    budget.release(alreadyHeld + length)
  }
}

export const tooManyBodies = () =>
  new GatewayError('OVERLOADED', 'The request bodies in progress exceed GATEWAY_MAX_QUEUED_BYTES; retry in a moment')

export function bodyTooLarge(maxBytes: number, stage: 'received' | 'decompressed'): GatewayError {
  const detail = `The ${stage} body exceeds ${maxBytes} bytes; send fewer events per request, or raise GATEWAY_MAX_BODY_BYTES`
  return new GatewayError('BODY_TOO_LARGE', detail, { maxBytes })
}

function decompressionOf(encoding: (typeof encodings)[number], bytes: Buffer): Decompression {
  switch (encoding) {
    case 'gzip':
      return gzip
    case 'br':
      return brotli
    case 'deflate': // zlib format by the standard; some clients send raw deflate
      return ((bytes[0] ?? 0) & 0x0f) === 8 ? deflate : rawDeflate
    default:
      return encoding satisfies never
  }
}
