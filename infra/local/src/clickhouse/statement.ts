/** A statement and the data that follows it, as ClickHouse's HTTP interface takes them in one body. */
export type Statement = {
  readonly sql: string
  /** For an INSERT that carries its rows: their format and bytes. */
  readonly insert?: { readonly format: string; readonly data: Buffer }
  /** The format that a trailing FORMAT clause asks for, which is taken off `sql`. */
  readonly format?: string
}

const insert = /^\s*(?:(?:--[^\n]*\n|\/\*[\s\S]*?\*\/)\s*)*INSERT\s/i
const insertFormat = /\bFORMAT\s+(\w+)[ \t]*;?[ \t]*(?:\r?\n|$|(?=[[{(]))/i
const trailingFormat = /\sFORMAT\s+(\w+)\s*;?\s*$/i

/** @param query the statement, or its beginning @param body what was sent after it: more of the statement, or rows */
export function readStatement(query: string, body: Buffer): Statement {
  const head = query === '' ? body.subarray(0, 1 << 16).toString('latin1') : query
  if (insert.test(head) && !/^\s*INSERT\s[^;]*?\b(?:SELECT|VALUES)\b/i.test(head)) {
    const clause = insertFormat.exec(head)
    if (clause?.[1] !== undefined) {
      const end = clause.index + clause[0].length
      const data = query === '' ? body.subarray(end) : body
      return { sql: head.slice(0, clause.index), insert: { format: clause[1], data } }
    }
  }
  const sql = query === '' ? body.toString() : body.length === 0 ? query : `${query}\n${body.toString()}`
  const clause = insert.test(sql) ? null : trailingFormat.exec(sql)
  return clause?.[1] === undefined ? { sql } : { sql: sql.slice(0, clause.index), format: clause[1] }
}
