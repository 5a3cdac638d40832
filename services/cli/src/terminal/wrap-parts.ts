import { fit } from './fit.ts'

const separator = ' · '

/** Parts of a line, on as few lines as they fit; only a part that is wider than all is cut. `width` undefined makes one line. */
export function wrapParts(parts: readonly string[], width: number | undefined): readonly string[] {
  if (width === undefined) return [parts.join(separator)]
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    const longer = `${last}${separator}${part}`
    const indent = last === undefined ? '' : '  '
    if (last !== undefined && [...longer].length <= width) lines[lines.length - 1] = longer
    else lines.push(indent + fit(part, width - indent.length))
  }
  return lines
}
