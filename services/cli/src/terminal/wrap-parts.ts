import { displayWidth } from './display-width.ts'
import { fit } from './fit.ts'

const separator = ' · '

/** Wraps the parts of a line at `width`, and cuts a part only if it is wider than a line. One line when `width` is undefined. */
export function wrapParts(parts: readonly string[], width: number | undefined): readonly string[] {
  if (width === undefined) return [parts.join(separator)]
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    const longer = `${last}${separator}${part}`
    const indent = last === undefined ? '' : '  '
    if (last !== undefined && displayWidth(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(indent + fit(part, width - indent.length))
  }
  return lines
}
