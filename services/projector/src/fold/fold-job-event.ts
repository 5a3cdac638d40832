import type { JobEvent } from '@headwater/schemas'
import type { RowCollector } from '../tables/table.ts'
import type { CommonRows, Sighting } from './common/common-rows.ts'
import { facetFacts } from './facet-facts.ts'
import type { Statements } from './statements.ts'

/** Adds what an event states about a job outside its runs. @returns when the same may be stated again without more */
export function foldJobEvent(
  event: JobEvent,
  statements: Statements,
  common: CommonRows,
  rows: RowCollector,
): Sighting {
  const { job, description, owners, tags, lineage } = event
  for (const fact of facetFacts({ type: job.type, description, owners, tags, lineage }, event)) {
    statements.addJobFact(job, fact)
  }
  return common.learnDeclared(lineage ?? [], event, rows)
}
