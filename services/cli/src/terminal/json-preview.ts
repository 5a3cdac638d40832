import { printable } from './printable.ts'

const shown = 100

/** A JSON value in one line: a text as it is, everything cut where it is long. */
export function jsonPreview(value: unknown): string {
  const text = printable(typeof value === 'string' ? value : JSON.stringify(value))
  const characters = [...text]
  return characters.length <= shown ? text : `${characters.slice(0, shown - 1).join('')}…`
}
