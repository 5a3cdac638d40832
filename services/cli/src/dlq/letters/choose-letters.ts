import { formatPosition, type Position } from '@headwater/kafka'
import { CliError } from '../../cli-error.ts'
import type { DeadLetter } from './dead-letter.ts'
import { type LetterName, parseLetterNames } from './letter-name.ts'

/** Which dead letters a command applies to: those at positions, or with `all` every open one, of one reason code if given. */
export type Choice = { readonly all: boolean; readonly code?: string | undefined }

/** @throws CliError INVALID_INPUT when the choice is ambiguous, REFUSED for a position without a dead letter */
export function chooseLetters(
  letters: readonly DeadLetter[],
  positions: readonly string[],
  { all, code }: Choice,
): readonly DeadLetter[] {
  if (all) {
    if (positions.length > 0) throw new CliError('INVALID_INPUT', 'Pass either positions or --all, not both')
    return openLetters(letters, code)
  }
  if (code !== undefined) throw new CliError('INVALID_INPUT', '--code needs --all')
  if (positions.length === 0)
    throw new CliError('INVALID_INPUT', 'Pass positions, as `headwater dlq list` shows them, or --all')
  return parseLetterNames(positions).map((name) => letterAt(letters, name))
}

export const openLetters = (letters: readonly DeadLetter[], code?: string | undefined): readonly DeadLetter[] =>
  letters.filter((letter) => letter.resolution === undefined && (code === undefined || letter.code === code))

/** @throws CliError REFUSED that names the nearest dead letter, or those at the position when there are several */
export function letterAt(letters: readonly DeadLetter[], { position: wanted, id }: LetterName): DeadLetter {
  const there = letters.filter(({ position }) => formatPosition(position) === formatPosition(wanted))
  const named = id === undefined ? there : there.filter((letter) => letter.id === id)
  const [found, ...others] = named.length === 0 ? there : named
  if (found !== undefined && named.length === 1) return found
  if (found !== undefined) throw several(wanted, [found, ...others])
  const distance = ({ position }: DeadLetter) =>
    position.topic === wanted.topic && position.partition === wanted.partition
      ? Math.abs(position.offset - wanted.offset)
      : Number.POSITIVE_INFINITY
  const nearest = letters.reduce<DeadLetter | undefined>(
    (best, letter) =>
      distance(letter) < (best === undefined ? Number.POSITIVE_INFINITY : distance(best)) ? letter : best,
    undefined,
  )
  const hint = nearest === undefined ? '' : `; the nearest is at ${formatPosition(nearest.position)}`
  throw new CliError(
    'REFUSED',
    `No dead letter at ${formatPosition(wanted)}${hint}. List all with: headwater dlq list --all`,
  )
}

function several(wanted: Position, letters: readonly DeadLetter[]): CliError {
  const [what, ids] = [formatPosition(wanted), letters.map(({ id }) => id).join(', ')]
  return new CliError(
    'REFUSED',
    letters.length === 1
      ? `The dead letter at ${what} is another one. Name it: ${ids}`
      : `Several dead letters are at ${what}, since its topic was created again. Name one: ${ids}`,
  )
}
