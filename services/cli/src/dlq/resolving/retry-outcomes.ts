import { formatPosition, type Position } from '../../log/position.ts'
import type { DeadLetter } from '../letters/dead-letter.ts'
import type { Retry } from './send-retries.ts'

/** What became of a record that was sent again: it is in the tables, or the gateway put what it says into the log, or neither. */
export type Outcome = Retry & {
  readonly kind: 'folded' | 'taken' | 'refused' | 'pending'
  /** The dead letter it became, if it was refused. */
  readonly refusal: DeadLetter | undefined
}

/**
 * Tells what became of retries from the dead letters read afterwards. Dead letters are written before it is told that a position is
 * behind, so what is behind and no dead letter was accepted.
 * @param otherwise what those are that were not refused
 */
export function retryOutcomes(
  retries: readonly Retry[],
  lettersAfter: readonly DeadLetter[],
  otherwise: Exclude<Outcome['kind'], 'refused'>,
): readonly Outcome[] {
  const byPosition = new Map(lettersAfter.map((letter) => [formatPosition(letter.position), letter]))
  return retries.map((retry) => {
    const refusal = byPosition.get(formatPosition(retry.retriedAs))
    return { ...retry, refusal, kind: refusal === undefined ? otherwise : 'refused' }
  })
}

/** The last position in each partition. */
export function lastPositions(retries: readonly Retry[]): readonly Position[] {
  const last = new Map<string, Position>()
  for (const { retriedAs } of retries) {
    const partition = `${retriedAs.topic}:${retriedAs.partition}`
    if ((last.get(partition)?.offset ?? -1) < retriedAs.offset) last.set(partition, retriedAs)
  }
  return [...last.values()]
}
