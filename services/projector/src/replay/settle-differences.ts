import type { TableComparison } from '@headwater/clickhouse'
import { translateKafkaErrors } from '@headwater/kafka'
import { ProjectorError } from '../errors.ts'
import { type FoldedPositions, readPositions } from '../tables/clickhouse-positions.ts'
import { compareTables } from './compare-tables.ts'
import type { Interruptible } from './interruptible.ts'
import { isSame, reaches } from './log-watermarks.ts'
import type { Rebuilding } from './rebuilding.ts'
import type { RebuiltDatabase } from './rebuilt-database.ts'
import type { ReplayClaim } from './replay-claim.ts'
import type { ReplayContext } from './replay-context.ts'
import type { ReplayProgress } from './replay-progress.ts'
import { groupStateOf, unfoldedPartitions, waitUntilFolded } from './unfolded-records.ts'

// Holds: tables are compared only while live and rebuilt ones stand at the same positions.

export type Settling = {
  readonly context: ReplayContext
  readonly rebuilt: RebuiltDatabase
  readonly rebuilding: Rebuilding
  readonly claim: ReplayClaim
  readonly progress: ReplayProgress
  readonly interruptible: Interruptible
}

type Offsets = FoldedPositions['offsets']
type Comparison = { readonly at: Offsets; readonly moved: boolean; readonly tables: readonly TableComparison[] }

const pollMs = 500
const reportMs = 1_000
/** Projectors notice a pause within a second, and then finish their batch. */
const settledMs = 2_000
const settleWithinMs = 60_000
/** How long a running projector may take to move after a comparison found differences. */
const moveWithinMs = 3_000
const maxComparisons = 3

/**
 * Compares until the tables are equal, or differ although everything that could explain it is folded.
 * @throws ProjectorError REPLAY_DIFFERS, REPLAY_UNSETTLED
 */
export async function settleDifferences(settling: Settling, acceptDifferences: boolean): Promise<void> {
  for (let comparisons = 1; ; comparisons++) {
    await catchUp(settling)
    const { moved, tables, at } = await pauseAndCompare(settling)
    const equal = tables.every((table) => table.equal)
    if (!moved && (equal || acceptDifferences)) return
    const pausedSeconds = await resumeProjectors(settling)
    const isLast = comparisons === maxComparisons
    if (moved && isLast) throw liveTablesMoved()
    settling.context.report({ kind: 'again', reason: moved ? 'moved' : 'differs', pausedSeconds })
    if (!moved && (!(await projectorsGoOn(settling, at)) || isLast)) {
      await settling.interruptible.query(() => settling.claim.enter('differs'))
      throw differs(tables, settling.rebuilt.name)
    }
  }
}

/**
 * Waits for the projectors to fold what may explain the difference.
 * @returns false when there is nothing to fold
 * @throws ProjectorError REPLAY_UNSETTLED when nobody folds it
 */
async function projectorsGoOn(settling: Settling, from: Offsets): Promise<boolean> {
  const { context, interruptible } = settling
  const { admin, topic, projectors } = context
  const reading = () => translateKafkaErrors(() => unfoldedPartitions(admin, topic, projectors, from))
  const partitions = await interruptible.unlessInterrupted(reading())
  if (partitions.length === 0) return liveTablesMove(settling, from)
  const outcome = await waitUntilFolded({
    ...{ partitions, from, sessionTimeoutMs: projectors.sessionTimeoutMs },
    live: () => livePositions(settling),
    group: () => groupStateOf(admin, projectors),
    pause: (ms) => interruptible.pause(ms),
    now: () => performance.now(),
    onWaiting: (detail) => context.report({ kind: 'waiting', detail }),
  })
  if (outcome !== 'folded') throw notFolded(outcome, projectors.groupId)
  return true
}

/** Ends the pause. @returns its length in seconds */
export async function resumeProjectors({ claim, progress, interruptible }: Settling): Promise<number> {
  await interruptible.query(() => claim.enter('building'))
  return progress.pauseEnds()
}

/** Resolves when the rebuilt tables have reached the positions that the live ones had a moment ago. */
async function catchUp(settling: Settling): Promise<void> {
  const { context, rebuilding, progress, interruptible } = settling
  let before: Offsets | undefined
  let reportedAt = Number.NEGATIVE_INFINITY
  for (;;) {
    const live = await livePositions(settling)
    rebuilding.bounds.move(live)
    const folded = await updateProgress(settling, live)
    const caughtUp = (before !== undefined && reaches(folded, before)) || progress.isNearlyDone
    if (caughtUp || performance.now() - reportedAt >= reportMs) {
      reportedAt = performance.now()
      context.report(progress.report)
    }
    if (caughtUp) return
    before = live
    await interruptible.pause(pollMs)
  }
}

async function pauseAndCompare(settling: Settling): Promise<Comparison> {
  const { context, rebuilt, claim, rebuilding, progress, interruptible } = settling
  await interruptible.query(() => claim.enter('pausing'))
  progress.pauseBegins()
  context.report({ kind: 'pausing' })
  const at = await settledPositions(settling)
  rebuilding.bounds.move(at)
  const deadline = performance.now() + settleWithinMs
  while (!reaches(await updateProgress(settling, at), at)) {
    if (performance.now() > deadline) throw rebuiltTablesStuck()
    await interruptible.pause(pollMs / 5)
  }
  context.report(progress.report)
  await interruptible.query(() => rebuilt.applyHorizons(context.open))
  const tables = await interruptible.query(() => compareTables(context.client, rebuilt))
  const moved = !isSame(await livePositions(settling), at)
  if (!moved) context.report({ kind: 'compared', tables })
  return { at, moved, tables }
}

/** Positions of the live tables once they have not moved for `settledMs`; after `settleWithinMs`, wherever they are. */
async function settledPositions(settling: Settling): Promise<Offsets> {
  const deadline = performance.now() + settleWithinMs
  let offsets = await livePositions(settling)
  let since = performance.now()
  while (performance.now() - since < settledMs && performance.now() < deadline) {
    await settling.interruptible.pause(pollMs / 2)
    const now = await livePositions(settling)
    if (!isSame(now, offsets)) since = performance.now()
    offsets = now
  }
  return offsets
}

async function liveTablesMove(settling: Settling, from: Offsets): Promise<boolean> {
  const deadline = performance.now() + moveWithinMs
  while (performance.now() < deadline) {
    if (!isSame(await livePositions(settling), from)) return true
    await settling.interruptible.pause(pollMs / 2)
  }
  return false
}

async function updateProgress({ rebuilding, progress, interruptible }: Settling, live: Offsets): Promise<Offsets> {
  const folded = await interruptible.query(() => rebuilding.folded())
  progress.update(folded, live)
  return folded
}

async function livePositions({ context, interruptible }: Settling): Promise<Offsets> {
  const { client, database, topic } = context
  return (await interruptible.query(() => readPositions(client, database, topic))).offsets
}

/** @param database of the rebuilt tables */
function differs(tables: readonly TableComparison[], database: string): ProjectorError {
  const found = tables
    .filter(({ equal }) => !equal)
    .map(({ table, liveRows, rebuiltRows, onlyLive, onlyRebuilt }) =>
      onlyLive === null
        ? `${table} (${liveRows} rows live, ${rebuiltRows} rebuilt)`
        : `${table} (${onlyLive} rows only live, ${onlyRebuilt} only rebuilt)`,
    )
  return new ProjectorError(
    'REPLAY_DIFFERS',
    `The rebuilt tables differ: ${found.join(', ')}. Nothing was swapped. Inspect them in database ${database}; then swap them in with --accept-differences, or drop them with --cancel`,
    { retryable: false },
  )
}

function notFolded(outcome: 'nobody' | 'stuck', groupId: string): ProjectorError {
  const reason =
    outcome === 'nobody'
      ? `no projector runs in group ${groupId}. Start one`
      : `the projectors of group ${groupId} do not fold them. Look at their log, and remove the cause`
  return new ProjectorError(
    'REPLAY_UNSETTLED',
    `The tables cannot be compared: the log has records after their positions, of which a projector that ended may have stored rows, and ${reason}, then run the same command again. Nothing was swapped`,
    { retryable: true },
  )
}

const liveTablesMoved = () =>
  new ProjectorError(
    'REPLAY_UNSETTLED',
    'The live tables kept moving while their projectors should have paused. Check for a projector of an earlier version and stop it, then run the same command again',
    { retryable: true },
  )

const rebuiltTablesStuck = () =>
  new ProjectorError(
    'REPLAY_UNSETTLED',
    'The rebuilt tables did not reach the positions of the live ones. Run the same command again; if that does not help, add --restart',
    { retryable: true },
  )
