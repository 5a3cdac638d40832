import { formatPosition, type Position } from '@headwater/kafka'
import { CliError } from '../../cli-error.ts'
import { parsePositions } from '../../log/parse-positions.ts'
import type { DeadLetter } from './dead-letter.ts'

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
  return parsePositions(positions).map((position) => letterAt(letters, position))
}

export const openLetters = (letters: readonly DeadLetter[], code?: string | undefined): readonly DeadLetter[] =>
  letters.filter((letter) => letter.resolution === undefined && (code === undefined || letter.code === code))

/** @throws CliError REFUSED that names the nearest dead letter */
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
    `No dead letter at ${formatPosition(wanted)}${hint}. List all with: headwater dlq list --all`,
  )
}
