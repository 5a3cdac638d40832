import { isHarmless } from './harmless-values.ts'
import { secretKind } from './secret-names.ts'

export const hidden = '***'

// Spellings: `name=value`, `name: value`, `"name": "value"`, `name => value`, URL-encoded, and any of them within a quoted text, where each
// quote has a backslash. Holds: every pattern starts where a name can start, and what was read is not read again: linear time.

const spacedNames =
  '(?:(?:access|account|api|encryption|private|secret|shared|signing|subscription) key|connection string|shared access signature)'
const assignment = new RegExp(
  `(?<![\\w.$-])(${spacedNames}|[\\w.$-]+)(?:\\\\*["'\`]\\]?)?[ \\t]{0,16}(?:=>|:=|==?|:|%3[AaDd])[ \\t]{0,16}`,
  'gi',
)
const openQuote = /(?:[([]{0,2})(?:[bBfFrRuU]{1,2})?(\\*["'`])/y
/** A value without quotes: a delimiter ends it where another name, a quote or nothing follows. */
const bare =
  /(?:[^\s"'`,;&)\]}|<>\\%]+|[,;&)\]}|<>\\](?![,;&)\]}|<>\\]{0,8}(?:$|[\s"'`/]|[\w.$-]{1,128}(?:[=:]|%3[AaDd])))|%(?!26))*/y
const opensMembers = /^[([{]+(?:$|[\w.$-]{1,128}[=:])/
/** Headers hold several words: a scheme and its credential, or several cookies. */
const scheme = /(?:(?:basic|bearer|digest|token|negotiate|ntlm|apikey|aws4-hmac-sha256)[ \t]{1,8})?/iy
const cookies = /[^\r\n"'`]*/y

type Value = { readonly start: number; readonly end: number; readonly text: string }

/** The text with `***` in place of what is assigned to names of secrets. */
export function withoutAssigned(text: string): string {
  let [masked, from] = ['', 0]
  assignment.lastIndex = 0
  for (let found = assignment.exec(text); found !== null; found = assignment.exec(text)) {
    const name = found[1] as string
    if (secretKind(name) === undefined) continue
    const at = assignment.lastIndex
    if (isOfParser(text, found.index)) continue
    const value = valueAt(text, at, name, text.slice(found.index, at).includes(':'))
    if (value === undefined || isHarmless(value.text, name)) continue
    masked += text.slice(from, value.start) + hidden
    from = assignment.lastIndex = value.end
  }
  return from === 0 ? text : masked + text.slice(from)
}

/** `Unexpected token: }` is about a language. */
const isOfParser = (text: string, at: number) => /unexpected $/i.test(text.slice(Math.max(0, at - 11), at))

function valueAt(text: string, at: number, name: string, isHeader: boolean): Value | undefined {
  const quoted = quotedAt(text, at)
  if (quoted !== undefined) return quoted
  if (isHeader && /cookie$/i.test(name)) return rangeOf(text, at, endOf(cookies, text, at))
  const start = /auth/i.test(name) ? endOf(scheme, text, at) : at
  const value = rangeOf(text, start, endOf(bare, text, start))
  return value.text === '' || opensMembers.test(value.text.slice(0, 160)) ? undefined : value
}

function quotedAt(text: string, at: number): Value | undefined {
  openQuote.lastIndex = at
  const quote = openQuote.exec(text)?.[1]
  if (quote === undefined) return undefined
  const start = openQuote.lastIndex
  return rangeOf(text, start, closingQuote(text, start, quote))
}

/** Where the quote closes; without one, at the end of the line. */
function closingQuote(text: string, start: number, quote: string): number {
  for (let at = text.indexOf(quote, start); at !== -1; at = text.indexOf(quote, at + 1)) {
    let backslashes = 0
    while (at - backslashes > start && text[at - backslashes - 1] === '\\') backslashes++
    if (quote.length > 1 ? backslashes === 0 : backslashes % 2 === 0) return at
  }
  const lineEnd = text.indexOf('\n', start)
  return lineEnd === -1 ? text.length : lineEnd
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  pattern.exec(text)
  return Math.max(at, pattern.lastIndex)
}

const rangeOf = (text: string, start: number, end: number): Value => ({ start, end, text: text.slice(start, end) })

const flag = /(?<![\w-])(--?[A-Za-z][\w.-]*)([ \t]+)(?!-)("[^"\n]*"?|'[^'\n]*'?|[^\s"'`]+)/g

/** The text with `***` in place of what follows flags such as `--password`. */
export const withoutFlagged = (text: string): string =>
  text.replace(flag, (whole, name: string, space: string, value: string) =>
    secretKind(name) === undefined || isHarmless(value.replace(/^["']|["']$/g, ''), name)
      ? whole
      : `${name}${space}${/^["']/.test(value) ? `${value[0]}${hidden}${value[0]}` : hidden}`,
  )

const pair =
  /(?<![\w])((?:name|key|property|setting|option|param(?:eter)?|var(?:iable)?|header|k)\\*["']?[ \t]{0,8}[:=][ \t]{0,8}\\*["']?([\w.$-]{1,256})\\*["']?[ \t]{0,8}[,;][ \t]{0,8}\\*["']?(?:value|val|v)\\*["']?[ \t]{0,8}[:=][ \t]{0,8})(?:(\\*["'])([^"'\\]*)|([^\s,;)}\]"'\\]+))/gi
const element = /<([\w.:-]{1,256})(\s[^<>]{0,512})?>([^<>]+)(?=<\/)/g
const property = /(<name>\s{0,8}([^<>\s]{1,256})\s{0,8}<\/name>\s{0,32}<value>)([^<>]+)(?=<\/value>)/gi

/** The text with `***` in place of the values of pairs and of XML elements: `{name: 'password', value: 'x'}`, `<password>x</password>`. */
export const withoutPaired = (text: string): string =>
  text
    .replace(pair, (whole, head: string, name: string, quote: string | undefined, quoted?: string, plain?: string) =>
      secretKind(name) === undefined || isHarmless(quoted ?? plain ?? '', name)
        ? whole
        : `${head}${quote ?? ''}${hidden}`,
    )
    .replace(property, (whole, head: string, name: string, value: string) =>
      secretKind(name) === undefined || isHarmless(value, name) ? whole : `${head}${hidden}`,
    )
    .replace(element, (whole, name: string, attributes: string | undefined, value: string) =>
      secretKind(name) === undefined || isHarmless(value, name) ? whole : `<${name}${attributes ?? ''}>${hidden}`,
    )
