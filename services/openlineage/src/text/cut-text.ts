import { wellFormed } from './well-formed.ts'

const maxTextBytes = 64 * 1024

/** A text for people, at most 64 KiB; a longer one is cut and says so. */
export function cutText(text: string): string {
  const bytes = Buffer.byteLength(text)
  if (bytes <= maxTextBytes) return wellFormed(text)
  const head = Buffer.from(text)
    .subarray(0, maxTextBytes - 64)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')
  return `${head}\n… cut: the whole text has ${bytes} bytes`
}
