import { isPathPlatform } from '@headwater/lineage'
import type { DatasetSaid } from './dataset-facts.ts'
import type { JobSaid } from './job-facts.ts'

/**
 * The outputs that a run writes. Not those that it drops, which would bring them back, and not those of a dbt test: dbt names an audit
 * table that mostly does not exist.
 */
export const writtenBy = (datasets: readonly DatasetSaid[], job: JobSaid): readonly DatasetSaid[] =>
  isDbtTest(job) ? [] : datasets.filter((said) => said.isOutput && !isDropped(said))

/** True for an output that is only a name: nothing is said of it as an asset. */
export const isAuditTable = (said: DatasetSaid, job: JobSaid): boolean =>
  isDbtTest(job) && said.isOutput && !said.isInput

/** True for the log of a Delta table, which Spark names when it reads what is in the table: it is no asset beside the table. */
export const isTableLog = ({ key }: DatasetSaid): boolean => key.endsWith('/_delta_log') && isPathPlatform(key)

export const isDropped = (said: DatasetSaid): boolean => said.lifecycle?.change === 'DROP'

export const isDbtTest = ({ type }: JobSaid): boolean => type?.integration === 'dbt' && type.type === 'test'
