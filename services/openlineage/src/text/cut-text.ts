import { wellFormed } from './well-formed.ts'

const maxTextBytes = 64 * 1024

/** At most 64 KiB of a text for people; a longer one is cut and ends with its original size. */
export function cutText(text: string): string {
  const bytes = Buffer.byteLength(text)
  if (bytes <= maxTextBytes) return wellFormed(text)
  const head = Buffer.from(text)
    .subarray(0, maxTextBytes - 64)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')
  return `${head}\n… cut: the whole text has ${bytes} bytes`
}
