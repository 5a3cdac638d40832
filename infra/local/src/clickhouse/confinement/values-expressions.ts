import type { Statement } from '../statement.ts'

/**
 * What rows need to call file(), which rights do not cover: its name, a quoted or escaped name, or a query that reads rows as VALUES of
 * their own.
 */
const suspicious = /file|select|format|[`"\\$\u201c\u201d]|\xe2\x80/i

/** Whether expressions in the rows of INSERT ... VALUES may be evaluated, as in `VALUES (now())`. Other rows are read as they stand. */
export function mayEvaluate({ sql, verb, insert }: Statement): boolean {
  if (verb !== 'INSERT') return false
  if (insert !== undefined)
    return insert.format.toLowerCase() === 'values' && !suspicious.test(insert.data.toString('latin1'))
  const start = sql.search(/\bvalues\b/i)
  return start >= 0 && !suspicious.test(sql.slice(start))
}
