import type { JobEvent } from '@headwater/schemas'
import { jobFacts } from '../tables/fact-tables.ts'
import type { Origin } from '../tables/rows.ts'
import type { RowCollector } from '../tables/table.ts'
import type { CommonRows } from './common/common-rows.ts'
import { facetFacts } from './facet-facts.ts'

/** Rows of what is said of a job outside its runs. */
export function foldJobEvent(event: JobEvent, origin: Origin, common: CommonRows, rows: RowCollector): void {
  const { job, description, owners, tags, lineage } = event
  const about = { origin, jobNamespace: job.namespace, jobName: job.name }
  for (const fact of facetFacts({ type: job.type, description, owners, tags, lineage }, event)) {
    rows.add(jobFacts, { ...about, ...fact })
  }
  if (lineage !== null) common.learnDeclared(lineage, event, rows)
}
