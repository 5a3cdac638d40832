import { retryAfterMs } from './retry-after.ts'

/** A response with its body. */
export type HttpAnswer = {
  readonly status: number
  readonly text: string
  /** The media type without parameters; empty without a Content-Type. */
  readonly mediaType: string
  /** The Location of a redirect. */
  readonly location: string | null
  readonly retryAfterMs: number | undefined
}

const maxBytes = 1024 * 1024

/** Reads a response, so that its connection can be reused. A body above 1 MiB is cut. */
export async function httpAnswer(response: Response, now: number): Promise<HttpAnswer> {
  const { status, headers } = response
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes >= maxBytes) break
  }
  const text = Buffer.concat(chunks).toString('utf8', 0, maxBytes)
  return {
    status,
    text,
    mediaType: (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
    location: headers.get('location'),
    retryAfterMs: retryAfterMs(headers.get('retry-after'), now),
  }
}
