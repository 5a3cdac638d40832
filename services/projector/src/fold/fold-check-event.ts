import type { CheckEvent } from '@headwater/schemas'
import { checks } from '../tables/fact-tables.ts'
import type { Origin } from '../tables/rows.ts'
import type { RowCollector } from '../tables/table.ts'
import type { CommonRows } from './common/common-rows.ts'

/** Adds a check result that an event of its own reports. */
export function foldCheckEvent(event: CheckEvent, origin: Origin, common: CommonRows, rows: RowCollector): void {
  common.see([event.key], origin.occurredAt, rows)
  const run = { jobNamespace: event.jobNamespace ?? '', jobName: event.jobName ?? '', runId: event.runId ?? '' }
  rows.add(checks, { origin, asset: event.key, check: event.check, ordinal: 0, run })
}
