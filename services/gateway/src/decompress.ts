import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { GatewayError } from './errors.ts'

type Bound = { readonly maxOutputLength: number }
type Decompression = {
  readonly now: (bytes: Buffer, bound: Bound) => Buffer
  readonly later: (bytes: Buffer, bound: Bound) => Promise<Buffer>
}

const gzip: Decompression = { now: zlib.gunzipSync, later: promisify<Buffer, Bound, Buffer>(zlib.gunzip) }
const deflate: Decompression = { now: zlib.inflateSync, later: promisify<Buffer, Bound, Buffer>(zlib.inflate) }
const rawDeflate: Decompression = {
  now: zlib.inflateRawSync,
  later: promisify<Buffer, Bound, Buffer>(zlib.inflateRaw),
}
const brotli: Decompression = {
  now: zlib.brotliDecompressSync,
  later: promisify<Buffer, Bound, Buffer>(zlib.brotliDecompress),
}

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

/** The bytes as they were; decompression ends as soon as they are more than `maxBytes`. @throws GatewayError BODY_TOO_LARGE | BROKEN_COMPRESSION */
export async function decompress(
  bytes: Buffer,
  encoding: (typeof encodings)[number],
  maxBytes: number,
): Promise<Buffer> {
  const { now, later } = decompressionOf(encoding, bytes)
  const bound = { maxOutputLength: maxBytes }
  try {
    return bytes.length <= soonDone ? now(bytes, bound) : await later(bytes, bound)
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw bodyTooLarge(maxBytes, 'decompressed')
    const detail = `The body is not ${encoding} as Content-Encoding says, or was cut: ${(cause as Error).message}`
    throw new GatewayError('BROKEN_COMPRESSION', detail, {}, cause)
  }
}

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
