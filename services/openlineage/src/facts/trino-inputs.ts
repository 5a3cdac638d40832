import type { DatasetFacts } from './dataset-facts.ts'
import type { JobFacts } from './job-facts.ts'
import type { RunFacts } from './run-facts.ts'

/**
 * Trino's listener sends as the schema of an input only the columns that the query read, without types. That is not the schema of the
 * asset, so it is kept as metadata of the run.
 */
export function withoutTrinoInputSchema(dataset: DatasetFacts, job: JobFacts, run: RunFacts): DatasetFacts {
  const { schema } = dataset
  const isTrino = (job.type?.integration ?? run.engine) === 'trino'
  if (!isTrino || schema === undefined || dataset.isOutput || schema.some(({ type }) => type !== null)) return dataset
  return { ...dataset, schema: undefined, inputMetadata: new Map([...dataset.inputMetadata, ['schema', schema]]) }
}
