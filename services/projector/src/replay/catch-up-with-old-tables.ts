import type { FoldedPositions } from '../tables/clickhouse-positions.ts'
import { reaches } from './log-watermarks.ts'
import type { Rebuilding } from './rebuilding.ts'

export type CatchUpOptions = {
  /** Positions of the tables that were swapped out. No projector folds into them any more. */
  readonly old: FoldedPositions['offsets']
  readonly live: () => Promise<FoldedPositions['offsets']>
  /** Folds into the tables that were swapped in. */
  readonly rebuilding: Rebuilding
}

const pollMs = 100

/**
 * A projector that missed the pause may have taken the old tables further than the new ones, and readers may have seen that. The new
 * tables then catch up at once, whether or not a projector is running, so that no answer goes back.
 */
export async function catchUpWithOldTables({ old, live, rebuilding }: CatchUpOptions): Promise<void> {
  if (reaches(await live(), old)) return
  rebuilding.bounds.move(old)
  const { failed } = await rebuilding.begin()
  try {
    while (!reaches(await live(), old)) await Promise.race([failed, later(pollMs)])
  } finally {
    await rebuilding.stop()
  }
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
