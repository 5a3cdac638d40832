import type { FoldedPositions } from '../tables/clickhouse-positions.ts'
import { reaches } from './log-watermarks.ts'
import type { Rebuilding } from './rebuilding.ts'

export type CatchUpOptions = {
  /** Where the tables stand that were swapped out: nobody folds into them any more. */
  readonly old: FoldedPositions['offsets']
  readonly live: () => Promise<FoldedPositions['offsets']>
  /** Folds into the tables that were swapped in. */
  readonly tail: Rebuilding
}

const pollMs = 100

/**
 * A projector that slept through the pause may have got further with the old tables than the new ones are, and readers may have seen it:
 * then the new ones follow at once, whether or not a projector runs.
 */
export async function catchUpWithOldTables({ old, live, tail }: CatchUpOptions): Promise<void> {
  if (reaches(await live(), old)) return
  tail.bounds.move(old)
  const [failed] = await tail.begin()
  try {
    while (!reaches(await live(), old)) await Promise.race([failed, later(pollMs)])
  } finally {
    await tail.stop()
  }
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
