import { printable } from './printable.ts'

const maxWidth = 100

/** A JSON value on one line: a string as it is, cut where it is long. */
export function jsonPreview(value: unknown): string {
  const text = printable(typeof value === 'string' ? value : JSON.stringify(value))
  const characters = [...text]
  return characters.length <= maxWidth ? text : `${characters.slice(0, maxWidth - 1).join('')}…`
}
