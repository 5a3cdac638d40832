import { type CanonicalWord, isSign, isWord } from './canonical-words.ts'
import type { Escape } from './escape.ts'

const instead = 'A dictionary takes its rows from a local table: SOURCE(CLICKHOUSE(DB ... TABLE ...)) with plain texts'

/**
 * What in the source of a dictionary would leave the folder: it may only take its rows from a table of this engine.
 * @param start the index of the kind of the source, after SOURCE and its bracket
 */
export function sourceEscape(words: readonly CanonicalWord[], start: number): Escape | undefined {
  const kind = words[start]
  if (isWord(kind, 'NULL')) return undefined
  if (!isWord(kind, 'CLICKHOUSE') || !isSign(words[start + 1], '('))
    return { what: `the dictionary source ${kind?.text ?? ''}`, instead }
  let at = start + 2
  while (at < words.length && !isSign(words[at], ')')) {
    const key = words[at]
    if (!isWord(key, 'TABLE') && !isWord(key, 'DB')) return { what: `${key?.text} in a dictionary source`, instead }
    at += 2 // the value is one word or text, or the call of a function without arguments
    if (isSign(words[at], '(') && isSign(words[at + 1], ')')) at += 2
  }
  return undefined
}
