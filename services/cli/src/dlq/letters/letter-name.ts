import { formatPosition, type Position } from '@headwater/kafka'
import { CliError } from '../../cli-error.ts'
import { parsePosition } from '../../log/parse-position.ts'
import type { DeadLetter } from './dead-letter.ts'

/** How commands name a dead letter: by its position, or by its id where a topic that was created again has several there. */
export type LetterName = { readonly position: Position; readonly id: string | undefined }

export function parseLetterName(text: string): LetterName | undefined {
  const [, place = '', recordedAt] = /^([^@]*)(@-?\d{1,16})?$/.exec(text) ?? []
  const position = parsePosition(place)
  return position && { position, id: recordedAt === undefined ? undefined : text }
}

/** Names from arguments, which may each hold several separated by commas; repeats are removed. @throws CliError INVALID_INPUT */
export function parseLetterNames(texts: readonly string[]): readonly LetterName[] {
  const parts = texts.flatMap((text) => text.split(',')).map((part) => part.trim())
  const names = parts.map((part) => {
    const name = parseLetterName(part)
    if (name !== undefined) return name
    const expected =
      'expected topic:partition:offset, e.g. headwater.events:0:41, or an id as `headwater dlq list` shows it'
    throw new CliError('INVALID_INPUT', `Invalid position ${part}: ${expected}`)
  })
  return [...new Map(names.map((name) => [name.id ?? formatPosition(name.position), name])).values()]
}

/** The shortest name of each of the letters among all of them. */
export function letterNames(all: readonly DeadLetter[]): (letter: DeadLetter) => string {
  const counts = new Map<string, number>()
  for (const { position } of all) counts.set(formatPosition(position), (counts.get(formatPosition(position)) ?? 0) + 1)
  return ({ id, position }) => ((counts.get(formatPosition(position)) ?? 0) > 1 ? id : formatPosition(position))
}
