import { retryAfterMs } from './retry-after.ts'

/** An answer, read to its end. */
export type HttpAnswer = {
  readonly status: number
  readonly text: string
  /** Its media type, without parameters; empty when it does not say. */
  readonly mediaType: string
  /** Where else to go, when the answer is a redirect. */
  readonly location: string | null
  readonly retryAfterMs: number | undefined
}

const maxBytes = 1024 * 1024

/** Reads an answer, so that its connection can be used again. One longer than a server has reason for is cut. */
export async function httpAnswer(response: Response, now: number): Promise<HttpAnswer> {
  const { status, headers } = response
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    parts.push(part)
    bytes += part.byteLength
    if (bytes >= maxBytes) break
  }
  const text = Buffer.concat(parts).toString('utf8', 0, maxBytes)
  return {
    status,
    text,
    mediaType: (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
    location: headers.get('location'),
    retryAfterMs: retryAfterMs(headers.get('retry-after'), now),
  }
}
