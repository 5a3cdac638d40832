import type { DeadLetter } from './dead-letter.ts'

const mostLetters = 500
const mostBytes = 512 << 10 // a broker takes a megabyte a batch

/** Letters in parts that a broker takes at once; a large one is alone. */
export function letterChunks<L extends DeadLetter>(letters: readonly L[]): readonly (readonly L[])[] {
  const chunks: L[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const letter of letters) {
    const chunk = chunks.at(-1)
    const size = letter.size + (letter.key?.length ?? 0)
    if (chunk === undefined || chunk.length >= mostLetters || bytes + size > mostBytes) {
      chunks.push([letter])
      bytes = size
    } else {
      chunk.push(letter)
      bytes += size
    }
  }
  return chunks
}
