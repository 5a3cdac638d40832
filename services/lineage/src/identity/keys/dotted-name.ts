const closing = new Map([
  ['"', '"'],
  ['`', '`'],
  ['[', ']'],
])
const mustBeQuoted = /[./"`[]/
/** Quotes have no meaning in longer names, so that parsing takes linear time. */
const mostQuotedLength = 8_192

/**
 * The parts of a table's name: `db."my.schema".t` has the parts db, my.schema and t. A quote opens only at the start of a part and
 * closes only before a dot or the end of the name; within quotes, a doubled closing quote stands for one.
 */
export function parseDottedName(name: string): string[] {
  if (name.length > mostQuotedLength) return name.split('.')
  const parts: string[] = []
  for (let at = 0; at <= name.length; ) {
    const quoted = quotedPart(name, at)
    const end = quoted?.end ?? nextDot(name, at)
    parts.push(quoted?.text ?? name.slice(at, end))
    at = end + 1
  }
  return parts
}

/** The name that `parseDottedName` splits into `parts`. */
export function formatDottedName(parts: readonly string[]): string {
  return parts.map((part) => (mustBeQuoted.test(part) ? `"${part.replaceAll('"', '""')}"` : part)).join('.')
}

function nextDot(name: string, from: number): number {
  const dot = name.indexOf('.', from)
  return dot === -1 ? name.length : dot
}

function quotedPart(name: string, from: number): { text: string; end: number } | undefined {
  const close = closing.get(name.charAt(from))
  if (close === undefined) return undefined
  let text = ''
  for (let at = from + 1; ; ) {
    const found = name.indexOf(close, at)
    if (found === -1) return undefined
    text += name.slice(at, found)
    const next = name.charAt(found + 1)
    if (next === '' || next === '.') return { text, end: found + 1 }
    if (next !== close) return undefined
    text += close
    at = found + 2
  }
}
