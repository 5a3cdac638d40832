import type { DeadLetter } from './dead-letter.ts'
import { formatPosition } from './position.ts'
import type { Retry } from './send-retries.ts'

/** What became of a record that was sent again. */
export type Outcome = Retry & {
  readonly kind: 'folded' | 'refused' | 'pending'
  /** The dead letter it became, if it was refused. */
  readonly refusal: DeadLetter | undefined
}

/**
 * Tells what became of retries from the dead letters read afterwards. The projector writes dead letters before it tells that a
 * position is folded, so what is folded and no dead letter is in the tables.
 */
export function retryOutcomes(
  retries: readonly Retry[],
  lettersAfter: readonly DeadLetter[],
  isFolded: boolean,
): readonly Outcome[] {
  const byPosition = new Map(lettersAfter.map((letter) => [formatPosition(letter.position), letter]))
  return retries.map((retry) => {
    const refusal = byPosition.get(formatPosition(retry.retriedAs))
    return { ...retry, refusal, kind: refusal !== undefined ? 'refused' : isFolded ? 'folded' : 'pending' }
  })
}

/** The last position in each partition, as --wait takes it. */
export function lastPositions(retries: readonly Retry[]): string {
  const last = new Map<string, Retry['retriedAs']>()
  for (const { retriedAs } of retries) {
    const partition = `${retriedAs.topic}:${retriedAs.partition}`
    if ((last.get(partition)?.offset ?? -1) < retriedAs.offset) last.set(partition, retriedAs)
  }
  return [...last.values()].map(formatPosition).join(',')
}
