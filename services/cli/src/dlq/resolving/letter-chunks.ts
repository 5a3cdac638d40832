import { chunksOf } from '@headwater/kafka'
import type { DeadLetter } from '../letters/dead-letter.ts'

const mostItems = 500
const mostBytes = 512 << 10 // a broker takes a megabyte a batch

/** Letters in parts that a broker takes at once; a large one is alone. */
export const letterChunks = <L extends DeadLetter>(letters: readonly L[]): readonly (readonly L[])[] =>
  chunksOf(letters, { sizeOf: ({ size, key }) => size + (key?.length ?? 0), mostBytes, mostItems })
