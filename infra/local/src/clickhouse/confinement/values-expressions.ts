import type { Statement } from '../statement.ts'

/**
 * What rows need to call file(), which rights do not cover: its name, a quoted or escaped name, or a query that reads rows as VALUES of
 * their own.
 */
const suspicious = /file|select|format|\btable\b|[`"\\$\u201c\u201d]|\xe2\x80/i

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
    return insert.format.toLowerCase() === 'values' && !suspicious.test(insert.data.toString('latin1'))
  const found = head.exec(sql)
  return found !== null && !suspicious.test(sql.slice(found[0].length))
}
