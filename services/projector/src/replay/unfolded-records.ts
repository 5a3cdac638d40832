import type { Admin } from 'kafkajs'
import type { FoldedPositions } from '../tables/clickhouse-positions.ts'
import { type LogWatermarks, readLogWatermarks } from './log-watermarks.ts'

// A projector writes rows before positions, so one that ended in between leaves rows of records that count as not folded. They are
// no difference between tables and log: the projector that takes over folds the records again.

type Offsets = FoldedPositions['offsets']

/** The consumer group of the projectors. */
export type ProjectorGroup = { readonly groupId: string; readonly sessionTimeoutMs: number }

export type GroupAdmin = Pick<Admin, 'fetchTopicOffsets' | 'fetchOffsets' | 'describeGroups'>

/** Partitions with records after the positions. Offsets without records, such as markers of transactions, are committed by the projectors. */
export async function unfoldedPartitions(
  admin: GroupAdmin,
  topic: string,
  { groupId }: ProjectorGroup,
  positions: Offsets,
): Promise<readonly number[]> {
  const [watermarks, groups] = await Promise.all([
    readLogWatermarks(admin, topic),
    admin.fetchOffsets({ groupId, topics: [topic] }),
  ])
  const committed = new Map(
    groups.flatMap(({ partitions }) => partitions.map(({ partition, offset }) => [partition, Number(offset)] as const)),
  )
  return partitionsAfter(watermarks, positions, committed)
}

/** @param committed next offsets of the group */
export function partitionsAfter(watermarks: LogWatermarks, positions: Offsets, committed: Offsets): readonly number[] {
  return [...watermarks].flatMap(([partition, { low, high }]) => {
    const next = Math.max((positions.get(partition) ?? low - 1) + 1, committed.get(partition) ?? low)
    return next < high ? [partition] : []
  })
}

export type GroupState = { readonly isStable: boolean; readonly members: number }

export async function groupStateOf(admin: GroupAdmin, { groupId }: ProjectorGroup): Promise<GroupState> {
  const [group] = (await admin.describeGroups([groupId])).groups
  return { isStable: group?.state === 'Stable', members: group?.members.length ?? 0 }
}

export type FoldingWait = {
  readonly partitions: readonly number[]
  /** Where the live tables stood. */
  readonly from: Offsets
  readonly live: () => Promise<Offsets>
  readonly group: () => Promise<GroupState>
  readonly sessionTimeoutMs: number
  readonly pause: (ms: number) => Promise<void>
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
  readonly onWaiting: (detail: string) => void
}

const [pollMs, reportMs] = [250, 2_000]

/**
 * Waits until the projectors have folded records of each partition.
 * @returns `nobody` when the group has no members for a session timeout, `stuck` when its members do not go on for three of them
 */
export async function waitUntilFolded(wait: FoldingWait): Promise<'folded' | 'nobody' | 'stuck'> {
  const { partitions, from, sessionTimeoutMs, now } = wait
  const startedAt = now()
  let reportedAt = startedAt - reportMs
  let emptySince: number | undefined
  for (;;) {
    const live = await wait.live()
    const left = partitions.filter((partition) => (live.get(partition) ?? -1) <= (from.get(partition) ?? -1))
    if (left.length === 0) return 'folded'
    const group = await wait.group().catch(() => undefined) // the brokers may be away as well
    const at = now()
    emptySince = group?.members === 0 ? (emptySince ?? at) : undefined
    if (emptySince !== undefined && at - emptySince >= sessionTimeoutMs) return 'nobody'
    if (at - startedAt >= sessionTimeoutMs * (group?.isStable ? 3 : 6)) return 'stuck'
    if (at - reportedAt >= reportMs) {
      reportedAt = at
      wait.onWaiting(detailOf(left.length, group))
    }
    await wait.pause(pollMs)
  }
}

function detailOf(partitions: number, group: GroupState | undefined): string {
  const what = `${partitions} ${partitions === 1 ? 'partition has' : 'partitions have'} records that are not folded yet`
  if (group === undefined) return `${what}; Kafka does not say which projectors run`
  if (group.members === 0) return `${what}; no projector is running`
  return group.isStable ? what : `${what}; the projectors rebalance`
}
