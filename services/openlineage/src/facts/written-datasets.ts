import { isPathPlatform } from '@headwater/lineage'
import type { DatasetFacts } from './dataset-facts.ts'
import type { JobFacts } from './job-facts.ts'

/**
 * The outputs that a run writes, without those that it drops (a write would bring them back) and without those of a dbt test, which
 * names an audit table that usually does not exist.
 */
export const writtenDatasets = (datasets: readonly DatasetFacts[], job: JobFacts): readonly DatasetFacts[] =>
  isDbtTest(job) ? [] : datasets.filter((dataset) => dataset.isOutput && !isDropped(dataset))

/** True for the audit table of a dbt test, which does not become an asset. */
export const isAuditTable = (dataset: DatasetFacts, job: JobFacts): boolean =>
  isDbtTest(job) && dataset.isOutput && !dataset.isInput

/** True for the log of a Delta table: Spark names it when it reads the table, and it does not become an asset beside the table. */
export const isTableLog = ({ key }: DatasetFacts): boolean => key.endsWith('/_delta_log') && isPathPlatform(key)

export const isDropped = ({ lifecycle }: DatasetFacts): boolean => lifecycle?.change === 'DROP'

export const isDbtTest = ({ type }: JobFacts): boolean => type?.integration === 'dbt' && type.type === 'test'
