import { formatPosition, type Position } from '@headwater/kafka'
import type { DeadLetter } from '../letters/dead-letter.ts'
import type { Retry } from './send-retries.ts'

/** The outcome of a retry: folded into the tables, accepted by the gateway (`taken`), refused again, or pending. */
export type Outcome = Retry & {
  readonly kind: 'folded' | 'taken' | 'refused' | 'pending'
  /** The new dead letter, if it was refused again. */
  readonly refusal: DeadLetter | undefined
}

/**
 * The outcomes of retries, from the dead letters read after them. The projector writes a dead letter before it passes its position, so
 * a retry that was passed and is not a dead letter was accepted.
 * @param otherwise the outcome of retries that were not refused
 */
export function retryOutcomes(
  retries: readonly Retry[],
  lettersAfter: readonly DeadLetter[],
  otherwise: Exclude<Outcome['kind'], 'refused'>,
): readonly Outcome[] {
  const byPosition = lettersByPosition(lettersAfter)
  return retries.map((retry) => {
    const refusal = byPosition.get(formatPosition(retry.retriedAs))?.find(repeats(retry))
    return { ...retry, refusal, kind: refusal === undefined ? otherwise : 'refused' }
  })
}

function lettersByPosition(letters: readonly DeadLetter[]): ReadonlyMap<string, readonly DeadLetter[]> {
  const byPosition = new Map<string, DeadLetter[]>()
  for (const letter of letters) {
    const position = formatPosition(letter.position)
    const there = byPosition.get(position)
    if (there === undefined) byPosition.set(position, [letter])
    else there.push(letter)
  }
  return byPosition
}

/** A topic that was created again may have an older dead letter at the position. */
const repeats =
  ({ letter }: Retry) =>
  ({ retryOf }: DeadLetter): boolean =>
    retryOf === formatPosition(letter.position)

/** The last position in each partition. */
export function lastPositions(retries: readonly Retry[]): readonly Position[] {
  const last = new Map<string, Position>()
  for (const { retriedAs } of retries) {
    const partition = `${retriedAs.topic}:${retriedAs.partition}`
    if ((last.get(partition)?.offset ?? -1) < retriedAs.offset) last.set(partition, retriedAs)
  }
  return [...last.values()]
}

/** The last position in each partition, as --wait takes it. */
export const waitParameter = (retries: readonly Retry[]): string => lastPositions(retries).map(formatPosition).join(',')
