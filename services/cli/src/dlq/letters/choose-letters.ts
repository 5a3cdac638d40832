import { CliError } from '../../cli-error.ts'
import { formatPosition, type Position, parsePositions } from '../../log/position.ts'
import type { DeadLetter } from './dead-letter.ts'

/** Which dead letters a command is about: those of positions, or all open ones. */
export type Choice = { readonly all: boolean; readonly code?: string | undefined }

/** @throws CliError INVALID_INPUT when it is not clear which, REFUSED for a position without a dead letter */
export function chooseLetters(
  letters: readonly DeadLetter[],
  positions: readonly string[],
  { all, code }: Choice,
): readonly DeadLetter[] {
  if (all) {
    if (positions.length > 0) throw new CliError('INVALID_INPUT', 'Name positions or say --all, not both')
    return openLetters(letters, code)
  }
  if (code !== undefined) throw new CliError('INVALID_INPUT', '--code goes with --all')
  if (positions.length === 0)
    throw new CliError('INVALID_INPUT', 'Name positions, as `headwater dlq list` shows them, or say --all')
  return parsePositions(positions).map((position) => letterAt(letters, position))
}

export const openLetters = (letters: readonly DeadLetter[], code?: string | undefined): readonly DeadLetter[] =>
  letters.filter((letter) => letter.resolution === undefined && (code === undefined || letter.code === code))

/** @throws CliError REFUSED that names the nearest */
export function letterAt(letters: readonly DeadLetter[], wanted: Position): DeadLetter {
  const distance = ({ position }: DeadLetter) =>
    position.topic === wanted.topic && position.partition === wanted.partition
      ? Math.abs(position.offset - wanted.offset)
      : Number.POSITIVE_INFINITY
  const nearest = letters.reduce<DeadLetter | undefined>(
    (best, letter) =>
      distance(letter) < (best === undefined ? Number.POSITIVE_INFINITY : distance(best)) ? letter : best,
    undefined,
  )
  if (nearest !== undefined && distance(nearest) === 0) return nearest
  const hint = nearest === undefined ? '' : `; the nearest is at ${formatPosition(nearest.position)}`
  throw new CliError(
    'REFUSED',
    `There is no dead letter at ${formatPosition(wanted)}${hint}. List them with: headwater dlq list --all`,
  )
}
