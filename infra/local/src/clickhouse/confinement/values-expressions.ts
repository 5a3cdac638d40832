import type { Statement } from '../statement.ts'

/**
 * What rows need to call file(), which rights do not cover: its name, a quoted or escaped name, or a query that reads rows as VALUES of
 * their own. The bytes are those of quotes like “ and ‘ in UTF-8.
 */
const suspicious = /file|select|format|\btable\b|[`"\\$\u2018-\u201f]|\xe2\x80/i
/** Beginnings of comments, in which a quote would not begin a text. */
const comment = /--|\/\*|#/

const text = /'[^'\\]*(?:(?:\\[\s\S]|'')[^'\\]*)*'/g
/** A text, its content left out, that is a whole value: between brackets, commas or colons. */
const wholeText = /''(?<=[([{,:]\s*'')\s*(?=[,)\]}:])/g

/** Rows may have any texts, as long as each is a value of its own and what stands between them is harmless. */
function areHarmless(rows: string): boolean {
  if (!suspicious.test(rows)) return true
  const between = rows.replace(text, "''").replace(wholeText, ' ')
  return !suspicious.test(between) && !comment.test(between) && !between.includes("'")
}

/** An insert up to its VALUES, and nothing else that has this word: no query, whose own VALUES would be evaluated too. */
const head = new RegExp(
  [
    /^(?:\s|--[^\n]*\n|\/\*[^*]*\*\/)*insert\s+(?:into\s+)?(?:table\s+)?/,
    /(?:`[^`\\]*`|"[^"\\]*"|[\w.])+\s*/, // the table
    /(?:\((?:`[^`\\]*`|"[^"\\]*"|[\w\s.,])*\)\s*)?/, // its columns
    /(?:settings\s+\w+\s*=\s*[\w.]+(?:\s*,\s*\w+\s*=\s*[\w.]+)*\s*)?/,
    /values\b/,
  ]
    .map(({ source }) => source)
    .join(''),
  'i',
)

/** Whether expressions in the rows of INSERT ... VALUES may be evaluated, as in `VALUES (now())`. Other rows are read as they stand. */
export function mayEvaluate({ sql, verb, insert }: Statement): boolean {
  if (verb !== 'INSERT') return false
  if (insert !== undefined)
    return insert.format.toLowerCase() === 'values' && areHarmless(insert.data.toString('latin1'))
  const found = head.exec(sql)
  return found !== null && areHarmless(sql.slice(found[0].length))
}
