import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import { GatewayError } from '../errors.ts'
import type { BodyBudget } from './body-budget.ts'

type Bound = { readonly maxOutputLength: number }
type Decompression = {
  readonly now: (bytes: Buffer, bound: Bound) => Buffer
  readonly later: (options: { readonly chunkSize: number }) => Transform
}

const gzip: Decompression = { now: zlib.gunzipSync, later: zlib.createGunzip }
const deflate: Decompression = { now: zlib.inflateSync, later: zlib.createInflate }
const rawDeflate: Decompression = { now: zlib.inflateRawSync, later: zlib.createInflateRaw }
const brotli: Decompression = { now: zlib.brotliDecompressSync, later: zlib.createBrotliDecompress }

export const encodings = ['gzip', 'deflate', 'br'] as const

/** How to decompress what has this Content-Encoding; undefined for what is not compressed. @throws GatewayError UNSUPPORTED_ENCODING */
export function encodingOf(header: string | undefined): (typeof encodings)[number] | undefined {
  const name = (header ?? '').trim().toLowerCase()
  if (name === '' || name === 'identity') return undefined
  if (name === 'x-gzip') return 'gzip'
  const known = encodings.find((each) => each === name)
  if (known !== undefined) return known
  const detail = `Content-Encoding ${JSON.stringify(name.slice(0, 50))} is not known; send ${encodings.join(', ')}, or nothing of it`
  throw new GatewayError('UNSUPPORTED_ENCODING', detail, { encodings })
}

const soonDone = 32 << 10 // below it, threads cost more than they save
const chunkSize = 64 << 10

/**
 * The bytes as they were; decompression ends as soon as they are more than `maxBytes`, or more than the budget of all bodies has left.
 * @throws GatewayError BODY_TOO_LARGE | BROKEN_COMPRESSION | OVERLOADED
 */
export async function decompress(
  bytes: Buffer,
  encoding: (typeof encodings)[number],
  { maxBytes, budget }: { readonly maxBytes: number; readonly budget: BodyBudget },
): Promise<Buffer> {
  const { now, later } = decompressionOf(encoding, bytes)
  try {
    if (bytes.length <= soonDone) return now(bytes, { maxOutputLength: maxBytes })
    return await collect(later({ chunkSize }).end(bytes), { maxBytes, budget, alreadyHeld: bytes.length })
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw bodyTooLarge(maxBytes, 'decompressed')
    const detail = `The body is not ${encoding} as Content-Encoding says, or was cut: ${(cause as Error).message}`
    throw new GatewayError('BROKEN_COMPRESSION', detail, {}, cause)
  }
}

type CollectOptions = { readonly maxBytes: number; readonly budget: BodyBudget; readonly alreadyHeld: number }

/** What a stream gives, counted while it grows: a thousand small bodies may become as many large ones at the same time. */
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

export const tooManyBodies = () => new GatewayError('OVERLOADED', 'Too many bodies arrive at once')

export function bodyTooLarge(maxBytes: number, what: 'sent' | 'decompressed'): GatewayError {
  const detail = `The body has more than ${maxBytes} bytes ${what}; send fewer events at once, or raise GATEWAY_MAX_BODY_BYTES`
  return new GatewayError('BODY_TOO_LARGE', detail, { maxBytes })
}

function decompressionOf(encoding: (typeof encodings)[number], bytes: Buffer): Decompression {
  switch (encoding) {
    case 'gzip':
      return gzip
    case 'br':
      return brotli
    case 'deflate': // zlib's form by the standard, raw by some clients
      return ((bytes[0] ?? 0) & 0x0f) === 8 ? deflate : rawDeflate
    default:
      return encoding satisfies never
  }
}
