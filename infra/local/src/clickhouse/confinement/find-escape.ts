import { type CanonicalWord, canonicalWords } from './canonical-words.ts'
import { allowedEngines, expressionSettings } from './engine-config.ts'

// Closes what rights do not cover in an engine that is embedded: it checks none for INTO OUTFILE, the scalar function file(), sources of
// dictionaries, ATTACH ... FROM, and disks that a table defines, and some table functions make a file before they check.

/** Table functions that read neither files nor other servers, and run no text as SQL. */
export const allowedTableFunctions: readonly string[] = [
  ...['dictionary', 'format', 'generateRandom', 'generateSeries', 'generate_series', 'input', 'loop', 'merge'],
  ...['mergeTreeIndex', 'mergeTreeProjection', 'null', 'numbers', 'numbers_mt', 'one', 'primes', 'values', 'view'],
  ...['viewExplain', 'viewIfPermitted', 'zeros', 'zeros_mt', 'timeSeriesData', 'timeSeriesMetrics', 'timeSeriesTags'],
]

const dictionaryKeys = ['TABLE', 'DB']

/**
 * What in a statement would leave the folder of the data, in words for an error; undefined when nothing does.
 * @param sql the statement as the engine prints it
 * @param deniedFunctions in lower case
 */
export function findEscape(sql: string, deniedFunctions: ReadonlySet<string>): string | undefined {
  const words = canonicalWords(sql)
  const isAttach = isWord(words[0], 'ATTACH')
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

/** A dictionary may only take its rows from a table of this engine. @param start the index of the kind of the source */
function sourceEscape(words: readonly CanonicalWord[], start: number): string | undefined {
  const kind = words[start]
  if (isWord(kind, 'NULL')) return undefined
  if (!isWord(kind, 'CLICKHOUSE')) return `the dictionary source ${kind?.text ?? ''}`
  let depth = 0
  for (const [index, word] of words.slice(start + 1).entries()) {
    if (isSign(word, '(')) depth++
    else if (isSign(word, ')')) depth--
    if (depth === 0) return undefined
    const before = words[start + index]
    const isKey = depth === 1 && word.kind === 'word' && !dictionaryKeys.some((key) => isWord(before, key))
    if (isKey && !dictionaryKeys.some((key) => isWord(word, key))) return `${word.text} in a dictionary source`
  }
  return undefined
}

const isWord = (word: CanonicalWord | undefined, text: string): boolean =>
  word?.kind === 'word' && word.text.toUpperCase() === text

const isSign = (word: CanonicalWord | undefined, text: string): boolean => word?.kind === 'sign' && word.text === text
