import { partitionStatesSql } from '@headwater/clickhouse'
import type { PartitionState } from '../position/log-position.ts'
import type { Ask } from './query.ts'

/** How far each partition is folded, and when a projector last saw it folded whole. */
export function partitionStates(ask: Ask): Promise<readonly PartitionState[]> {
  return ask('partition-states', partitionStatesSql)
}
