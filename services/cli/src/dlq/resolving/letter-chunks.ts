import { chunksOf } from '@headwater/kafka'
import type { DeadLetter } from '../letters/dead-letter.ts'

const mostItems = 500
const mostBytes = 512 << 10 // a broker accepts one megabyte per batch

/** Letters in chunks that a broker accepts as one batch; a large letter has a chunk of its own. */
export const letterChunks = <L extends DeadLetter>(letters: readonly L[]): readonly (readonly L[])[] =>
  chunksOf(letters, { sizeOf: ({ size, key }) => size + (key?.length ?? 0), mostBytes, mostItems })
