import { type CanonicalWord, isSign } from './canonical-words.ts'
import type { Escape } from './escape.ts'

/** A column in a structure may have an expression, which is evaluated for rows without the column. */
const expression = /\b(?:default|materialized|alias|ephemeral)\b/i

/** An escape may stand for a space; it never hides a part of a keyword. */
const hasExpression = (structure: string): boolean => expression.test(structure.replace(/\\[\s\S]/g, ' '))

/**
 * Why a call of the table functions format or input is refused: their structure is a text whose expressions no parser of statements
 * sees. They may have plain texts without expressions. The scalar function format is known by the braces of its first text.
 * @param start the index of the first argument
 */
export function structureEscape(words: readonly CanonicalWord[], start: number, name: string): Escape | undefined {
  const first = words[start]
  if (name === 'format' && first?.kind === 'text' && /[{}]/.test(first.text)) return undefined
  const end = words.findIndex((word, index) => index >= start && isSign(word, ')'))
  const args = words.slice(start, end).filter((word) => !isSign(word, ','))
  const isPlain = args.every(
    ({ kind }, index) => kind === 'text' || (kind === 'word' && index === 0 && name === 'format'),
  )
  const [structure] = name === 'input' ? args : args.slice(1, -1)
  if (isPlain && (structure === undefined || !hasExpression(structure.text))) return undefined
  return {
    what: `an expression in the arguments of ${name}`,
    instead:
      'A text may be run as SQL there: write each argument as a plain text, columns without DEFAULT, MATERIALIZED, ALIAS or EPHEMERAL, and the pattern of the function format with its braces',
  }
}
