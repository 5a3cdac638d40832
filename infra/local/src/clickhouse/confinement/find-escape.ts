import { type CanonicalWord, canonicalWords, isSign, isWord } from './canonical-words.ts'
import { allowedEngines, expressionSettings } from './engine-config.ts'
import { sourceEscape } from './source-escape.ts'
import { structureEscape } from './structure-escape.ts'

// Closes what rights do not cover in an engine that is embedded: it checks none for INTO OUTFILE, the scalar function file(), sources of
// dictionaries, ATTACH ... FROM, and disks that a table defines, and some table functions make a file before they check.

/** Table functions that read neither files nor other servers, and run no text as SQL. */
export const allowedTableFunctions: readonly string[] = [
  ...['dictionary', 'format', 'generateRandom', 'generateSeries', 'generate_series', 'input', 'loop', 'merge'],
  ...['mergeTreeIndex', 'mergeTreeProjection', 'null', 'numbers', 'numbers_mt', 'one', 'primes', 'values', 'view'],
  ...['viewExplain', 'viewIfPermitted', 'zeros', 'zeros_mt', 'timeSeriesData', 'timeSeriesMetrics', 'timeSeriesTags'],
]

const takesStructure = ['format', 'input']

/**
 * What in a statement would leave the folder of the data, in words for an error; undefined when nothing does.
 * @param sql the statement as the engine prints it
 * @param deniedFunctions in lower case
 */
export function findEscape(sql: string, deniedFunctions: ReadonlySet<string>): string | undefined {
  const words = canonicalWords(sql)
  const isAttach = words.some((word) => isWord(word, 'ATTACH'))
  for (const [index, word] of words.entries()) {
    if (word.kind !== 'word') continue
    const [before, next] = [words[index - 1], words[index + 1]]
    const found =
      functionEscape(word, before, next, deniedFunctions) ??
      engineEscape(word, next, words[index + 2]) ??
      (isWord(word, 'INTO') && isWord(next, 'OUTFILE') ? 'INTO OUTFILE' : undefined) ??
      (isWord(word, 'FROM') && isWord(next, 'INFILE') ? 'FROM INFILE' : undefined) ??
      (expressionSettings.some((name) => name === word.text) ? `the setting ${word.text}` : undefined) ??
      (isAttach && isWord(word, 'FROM') && next?.kind === 'text' ? 'ATTACH ... FROM' : undefined) ??
      (takesStructure.includes(word.text.toLowerCase()) && isSign(next, '(')
        ? structureEscape(words, index + 2, word.text.toLowerCase())
        : undefined) ??
      (isWord(word, 'SOURCE') && isSign(next, '(') ? sourceEscape(words, index + 2) : undefined)
    if (found !== undefined) return found
  }
  return undefined
}

function functionEscape(
  { text }: CanonicalWord,
  before: CanonicalWord | undefined,
  next: CanonicalWord | undefined,
  denied: ReadonlySet<string>,
): string | undefined {
  const name = text.toLowerCase()
  if (!isSign(next, '(') && !isWord(before, 'APPLY')) return undefined
  if (denied.has(name)) return `the function ${text}`
  if (name === 'disk') return 'a disk of its own'
  return name === 'ssd_cache' || name === 'complex_key_ssd_cache' ? `the layout ${text}` : undefined
}

function engineEscape(word: CanonicalWord, next?: CanonicalWord, engine?: CanonicalWord): string | undefined {
  if (!isWord(word, 'ENGINE') || !isSign(next, '=') || engine?.kind !== 'word') return undefined
  return allowedEngines.includes(engine.text) ? undefined : `the engine ${engine.text}`
}
