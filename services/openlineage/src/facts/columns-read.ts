import type { DatasetSaid } from './dataset-facts.ts'
import type { JobSaid } from './job-facts.ts'
import type { RunSaid } from './run-facts.ts'

/**
 * Trino's listener lists as schema of an input the columns that the query read, without types. That is no word on which columns there are:
 * it is kept of the reading.
 */
export function withColumnsRead(said: DatasetSaid, job: JobSaid, run: RunSaid): DatasetSaid {
  const { schema } = said
  const isTrino = (job.type?.integration ?? run.engine) === 'trino'
  if (!isTrino || schema === undefined || said.isOutput || schema.some(({ type }) => type !== null)) return said
  return { ...said, schema: undefined, inputFacts: new Map([...said.inputFacts, ['schema', schema]]) }
}
