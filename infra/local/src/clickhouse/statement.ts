import { EngineError } from './engine-error.ts'
import { isBlank, type SqlWord, wordsOf } from './sql-words.ts'

/** A statement and the data that follows it, as ClickHouse's HTTP interface takes them in one body. */
export type Statement = {
  /** Without its FORMAT clause; of an INSERT that carries rows, only up to its SETTINGS. */
  readonly sql: string
  /** Its first word, in capitals. */
  readonly verb: string
  /** For an INSERT that carries its rows: their format and bytes, and its SETTINGS clause or ''. */
  readonly insert?: { readonly format: string; readonly settings: string; readonly data: Buffer }
  /** The format of a FORMAT clause. */
  readonly format?: string
  /** Its last LIMIT, a number or the name of a parameter; '1' for a query without a table. */
  readonly limit?: string
}

const firstWord = /^(?:[\s(]+|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(\w+)/

/** More than any statement's part before its rows. */
const insertHeadBytes = 1 << 18

/**
 * @param query the statement, or its beginning
 * @param body what was sent after it: more of the statement, or rows
 * @throws EngineError when there is more than one statement
 */
export function readStatement(query: string, body: Buffer): Statement {
  // One character a byte, so that positions in the text are those in the body.
  const head = query === '' ? body.subarray(0, insertHeadBytes).toString('latin1') : query
  if (wordsOf(head).next().value?.text.toUpperCase() === 'INSERT') {
    const carried = carriedRows(head)
    if (carried === undefined) return { sql: whole(query, body), verb: 'INSERT' }
    const begun = query.slice(carried.end)
    const rest =
      query === '' ? body.subarray(carried.end) : begun === '' ? body : Buffer.concat([Buffer.from(begun), body])
    const inUtf8 = (text: string) => (query === '' ? Buffer.from(text, 'latin1').toString() : text)
    return {
      sql: inUtf8(head.slice(0, carried.intoEnd)),
      verb: 'INSERT',
      insert: { format: carried.format, settings: inUtf8(carried.settings), data: rest },
    }
  }
  return readQuery(whole(query, body))
}

const whole = (query: string, body: Buffer): string =>
  query === '' ? body.toString() : body.length === 0 ? query : `${query}\n${body.toString()}`

type CarriedRows = {
  /** Where INSERT INTO and its columns end. */
  readonly intoEnd: number
  readonly settings: string
  readonly format: string
  /** Where the rows begin. */
  readonly end: number
}

/** Where the rows of an INSERT begin; undefined when it takes them from a query, a file, or VALUES of its own. */
function carriedRows(head: string): CarriedRows | undefined {
  const words = wordsOf(head)
  const next = (): SqlWord | undefined => words.next().value ?? undefined
  next()
  let word = next()
  if (word && /^INTO$/i.test(word.text)) word = next()
  if (word && /^(?:TABLE|FUNCTION)$/i.test(word.text)) word = next()
  let settingsStart: number | undefined
  for (word = next(); word !== undefined; word = next()) {
    const keyword = word.text.toUpperCase()
    if (keyword === 'SETTINGS') settingsStart ??= word.start
    if (keyword === 'FORMAT') {
      const format = next()
      if (format === undefined) return undefined
      const intoEnd = settingsStart ?? word.start
      const after = /[ \t]*;?[ \t]*(?:\r?\n)?/y
      after.lastIndex = format.end
      after.exec(head)
      return { intoEnd, settings: head.slice(intoEnd, word.start), format: format.text, end: after.lastIndex }
    }
    if (['SELECT', 'WITH', 'FROM', 'WATCH', ';'].includes(keyword)) return undefined
    if (keyword === 'VALUES') {
      if (head.slice(word.end).trim() !== '') return undefined
      const intoEnd = settingsStart ?? word.start
      return { intoEnd, settings: head.slice(intoEnd, word.start), format: 'Values', end: word.end }
    }
  }
  return undefined
}

function limitOf(sql: string, verb: string, words: readonly SqlWord[]): string | undefined {
  const keywords = words.map(({ text }) => text.toUpperCase())
  if (keywords.includes('UNION') || keywords.includes('EXCEPT') || keywords.includes('INTERSECT')) return undefined
  const at = keywords.lastIndexOf('LIMIT')
  if (at < 0)
    return verb === 'SELECT' && keywords[0] === 'SELECT' && !keywords.includes('FROM') && !/array\s*join/i.test(sql)
      ? '1'
      : undefined
  const rest = sql.slice(words[at]?.end)
  return /^\s*(?:(\d+)|\{\s*(\w+)\s*:[^}]*\})\s*(?:$|;|SETTINGS\b|FORMAT\b|OFFSET\s)/i
    .exec(rest)
    ?.slice(1)
    .find(Boolean)
}

/** FORMAT and a name after it: `format(...)` is a function, `format, a` a column. */
function isFormatClause(sql: string, word: SqlWord, name?: SqlWord): boolean {
  return /^FORMAT$/i.test(word.text) && name !== undefined && isBlank(sql.slice(word.end, name.start))
}

function readQuery(sql: string): Statement {
  const words = [...wordsOf(sql)]
  const verb = firstWord.exec(sql)?.[1]?.toUpperCase() ?? ''
  const semicolon = words.findIndex(({ text }) => text === ';')
  if (semicolon >= 0 && words.slice(semicolon).some(({ text }) => text !== ';'))
    throw new EngineError('Code: 62. DB::Exception: Syntax error (Multi-statements are not allowed). (SYNTAX_ERROR)')
  const text = semicolon < 0 ? sql : sql.slice(0, words[semicolon]?.start)
  const last = semicolon < 0 ? words.length : semicolon
  const at = words.findLastIndex((word, index) => index < last - 1 && isFormatClause(sql, word, words[index + 1]))
  const limit = limitOf(text, verb, words.slice(0, last))
  const limited = limit === undefined ? {} : { limit }
  const [clause, format, after] = [words[at], words[at + 1], words[at + 2]]
  const trailing = at + 2 === last || (after !== undefined && /^SETTINGS$/i.test(after.text))
  if (at < 0 || clause === undefined || format === undefined || !trailing) return { sql: text, verb, ...limited }
  return { sql: text.slice(0, clause.start) + text.slice(format.end), verb, format: format.text, ...limited }
}
