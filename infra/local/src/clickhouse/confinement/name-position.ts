import { type CanonicalWord, isSign, isWord } from './canonical-words.ts'

const made = ['CREATE', 'ATTACH', 'REPLACE']

/**
 * Where a statement names the table that it makes, changes or fills, before a list of columns: at this index `url (` is a table. Only at
 * the beginning of a statement, where nothing else can stand. A table function has FUNCTION before its name, so it is not found.
 */
export function namePosition(words: readonly CanonicalWord[]): number | undefined {
  let at = 0
  const take = (...expected: readonly string[]): boolean => {
    const follows = expected.every((text, index) => isWord(words[at + index], text))
    if (follows) at += expected.length
    return follows
  }
  if (!take('INSERT', 'INTO') && !take('ALTER', 'TABLE')) {
    if (!made.some((verb) => take(verb))) return undefined
    take('OR', 'REPLACE')
    take('TEMPORARY')
    if (!take('TABLE') && !take('VIEW') && !take('MATERIALIZED', 'VIEW')) return undefined
    take('IF', 'NOT', 'EXISTS')
  }
  if (isSign(words[at + 1], '.')) at += 2 // the database
  return isSign(words[at + 1], '(') ? at : undefined
}
