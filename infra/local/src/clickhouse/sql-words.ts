/** A word, a quoted name or text, or a semicolon of a statement, outside brackets and comments. */
export type SqlWord = { readonly text: string; readonly start: number; readonly end: number }

const nothing = /\s+|--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?(?:\*\/|$)/
const quoted = /'(?:[^'\\]+|\\[\s\S])*'?|"(?:[^"\\]+|\\[\s\S])*"?|`(?:[^`\\]+|\\[\s\S])*`?/
const token = new RegExp(`${nothing.source}|${quoted.source}|[\\w.]+|[\\s\\S]`, 'y')

const blank = new RegExp(`^(?:${nothing.source})*$`)

/** Whether a part of a statement has spaces and comments only. */
export const isBlank = (sql: string): boolean => blank.test(sql)

export function* wordsOf(sql: string): Generator<SqlWord> {
  let depth = 0
  for (let at = 0; at < sql.length; ) {
    token.lastIndex = at
    const text = token.exec(sql)?.[0] ?? ''
    const start = at
    at += text.length
    if (/^[([{]/.test(text)) depth++
    else if (/^[)\]}]/.test(text)) depth--
    else if (depth === 0 && /^(?:\w|['"`;])/.test(text)) yield { text, start, end: at }
  }
}
