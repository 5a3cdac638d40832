const closing = new Map([
  ['"', '"'],
  ['`', '`'],
  ['[', ']'],
])
const mustBeQuoted = /[./"`[]/
/** In longer names quotes are characters like others, so that parsing takes time in proportion to length. */
const mostQuotedLength = 8_192

/**
 * The parts of a table's name: of `db."my.schema".t` the three db, my.schema, t. A quote counts where a part begins and
 * its end is followed by a dot or nothing; within it, its closing sign doubled stands for itself.
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

/** A name that `parseDottedName` takes apart into `parts`. */
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
