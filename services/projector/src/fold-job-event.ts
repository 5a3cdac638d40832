import type { JobEvent } from '@headwater/schemas'
import type { CommonRows } from './common-rows.ts'
import type { Origin } from './rows.ts'
import { jobFacts } from './said-tables.ts'
import { statedFacts } from './stated-facts.ts'
import type { RowCollector } from './table.ts'

/** Rows of what is said of a job outside its runs. */
export function foldJobEvent(event: JobEvent, origin: Origin, common: CommonRows, rows: RowCollector): void {
  const { job, description, owners, tags, lineage } = event
  const about = { origin, jobNamespace: job.namespace, jobName: job.name }
  for (const fact of statedFacts({ type: job.type, description, owners, tags, lineage }, event)) {
    rows.add(jobFacts, { ...about, ...fact })
  }
  if (lineage !== null) common.learnDeclared(lineage, event, rows)
}
