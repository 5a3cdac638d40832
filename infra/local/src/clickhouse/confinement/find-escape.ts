import { type CanonicalWord, canonicalWords, isSign, isWord } from './canonical-words.ts'
import { allowedEngines, expressionSettings } from './engine-config.ts'
import { type Escape, insteadOfReaching, ownServer } from './escape.ts'
import { namePosition } from './name-position.ts'
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
const makesTables = ['CREATE', 'ATTACH', 'REPLACE']

/**
 * What in a statement would leave the folder of the data; undefined when nothing does.
 * @param sql the statement as the engine prints it
 * @param deniedFunctions in lower case
 */
export function findEscape(sql: string, deniedFunctions: ReadonlySet<string>): Escape | undefined {
  const words = canonicalWords(sql)
  const contains = (text: string): boolean => words.some((word) => isWord(word, text))
  const isAttach = contains('ATTACH')
  const mayMakeTable = makesTables.some(contains)
  const nameAt = namePosition(words)
  for (const [index, word] of words.entries()) {
    if (word.kind !== 'word') continue
    const found =
      (index === nameAt ? undefined : callEscape(words, index, deniedFunctions)) ??
      (mayMakeTable ? engineEscape(words, index) : undefined) ??
      fileEscape(words, index, isAttach) ??
      (expressionSettings.some((name) => name === word.text) ? settingEscape(word.text) : undefined)
    if (found !== undefined) return found
  }
  return undefined
}

/** @param name of a setting that is not allowed */
export const settingEscape = (name: string): Escape => ({
  what: `the setting ${name}`,
  instead: 'A text may be run as SQL by it: leave it out, and write INSERT INTO ... SELECT for rows that are computed',
})

/** Of `name(...)`, and of a function that is named without its arguments. */
function callEscape(words: readonly CanonicalWord[], index: number, denied: ReadonlySet<string>): Escape | undefined {
  const text = words[index]?.text ?? ''
  const name = text.toLowerCase()
  const isCall = isSign(words[index + 1], '(')
  if (!isCall && !isWord(words[index - 1], 'APPLY')) return undefined
  if (denied.has(name)) return { what: `the function ${text}`, instead: insteadOfReaching }
  if (name === 'disk')
    return { what: 'a disk of its own', instead: 'Leave it out: the table is stored on the disk "default"' }
  if (name === 'ssd_cache' || name === 'complex_key_ssd_cache')
    return {
      what: `the layout ${text}`,
      instead: 'It writes a file: choose a layout in memory, such as CACHE or HASHED',
    }
  if (isCall && takesStructure.includes(name)) return structureEscape(words, index + 2, name)
  return isCall && name === 'source' ? sourceEscape(words, index + 2) : undefined
}

/** The engine prints its own words in capitals, names as they were written: so a column `engine` is not taken for the clause. */
function engineEscape(words: readonly CanonicalWord[], index: number): Escape | undefined {
  const engine = words[index + 2]
  if (words[index]?.text !== 'ENGINE' || !isSign(words[index + 1], '=') || engine?.kind !== 'word') return undefined
  if (allowedEngines.includes(engine.text)) return undefined
  return { what: `the engine ${engine.text}`, instead: `Allowed: ${allowedEngines.join(', ')}. ${ownServer}` }
}

/** Of clauses that name a file by a text. */
function fileEscape(words: readonly CanonicalWord[], index: number, isAttach: boolean): Escape | undefined {
  const [word, next, third] = [words[index], words[index + 1], words[index + 2]]
  if (isAttach && isWord(word, 'FROM') && next?.kind === 'text')
    return { what: 'ATTACH ... FROM', instead: insteadOfReaching }
  if (third?.kind !== 'text') return undefined
  if (isWord(word, 'INTO') && isWord(next, 'OUTFILE')) return { what: 'INTO OUTFILE', instead: insteadOfReaching }
  return isWord(word, 'FROM') && isWord(next, 'INFILE')
    ? { what: 'FROM INFILE', instead: insteadOfReaching }
    : undefined
}
