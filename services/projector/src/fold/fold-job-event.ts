import type { JobEvent } from '@headwater/schemas'
import type { RowCollector } from '../tables/table.ts'
import type { CommonRows } from './common/common-rows.ts'
import { facetFacts } from './facet-facts.ts'
import type { Statements } from './statements.ts'

/** Adds what an event states about a job outside its runs. @returns the assets it names */
export function foldJobEvent(
  event: JobEvent,
  statements: Statements,
  common: CommonRows,
  rows: RowCollector,
): readonly string[] {
  const { job, description, owners, tags, lineage } = event
  for (const fact of facetFacts({ type: job.type, description, owners, tags, lineage }, event)) {
    statements.addJobFact(job, fact)
  }
  if (lineage === null) return []
  common.learnDeclared(lineage, event, rows)
  return lineage.flatMap(({ output, inputs }) => [output, ...inputs])
}
