import { partitionStatesSql } from '@headwater/clickhouse'
import type { Ask } from '../ask.ts'
import type { PartitionState } from '../log-position.ts'

/** How far each partition is folded, and when a projector last saw it folded whole. */
export function partitionStates(ask: Ask): Promise<readonly PartitionState[]> {
  return ask('partition-states', partitionStatesSql)
}
