import type { DatasetFacts } from '../facts/dataset-facts.ts'
import type { JobFacts } from '../facts/job-facts.ts'
import type { RunFacts } from '../facts/run-facts.ts'
import { isAuditTable, isDropped } from '../facts/written-datasets.ts'
import type { OpenLineageRunEvent } from '../open-lineage-event.ts'
import { isKnownType } from './run-state.ts'

type Entry = readonly [name: string, value: unknown]

/** Metadata of the run: facets by name; facets about a dataset that the run does not write by `<facet>:<asset key>`. */
export function runMetadata(
  event: OpenLineageRunEvent,
  run: RunFacts,
  job: JobFacts,
  datasets: readonly DatasetFacts[],
  written: readonly DatasetFacts[],
): readonly Entry[] {
  const writtenByRun = new Set(written)
  const tests = run.tests.length > 0 && soleAsset(datasets, job) === undefined ? run.testFacet : undefined
  const audits = datasets.filter((dataset) => isAuditTable(dataset, job))
  return [
    ...datasets.flatMap((dataset) => metadataOfDataset(dataset, writtenByRun.has(dataset))),
    ...run.metadata,
    ...entry('jobType', job.metadata.get('jobType')),
    ...entry('jobLineage', job.metadata.get('lineage')),
    ...entry('test', tests),
    ...entry('eventType', isKnownType(event.eventType) ? undefined : event.eventType),
    ...entry('auditTables', factsByKey(audits)),
  ]
}

/** The table logs that an event names, with all facts about them. */
export const tableLogMetadata = (logs: readonly DatasetFacts[]): readonly Entry[] =>
  entry('tableLogs', factsByKey(logs))

/** The asset that the run's tests check: the only one that the event names. */
export function soleAsset(datasets: readonly DatasetFacts[], job: JobFacts): string | undefined {
  const assets = datasets.filter((dataset) => !isAuditTable(dataset, job))
  return assets.length === 1 ? assets[0]?.key : undefined
}

function metadataOfDataset(dataset: DatasetFacts, isWritten: boolean): readonly Entry[] {
  const { key, metadata, outputMetrics, partitionsRead } = dataset
  const facets = [...dataset.inputMetadata, ...(isWritten ? [] : dataset.outputMetadata)]
  const metrics = isWritten || Object.keys(outputMetrics).length === 0 ? undefined : outputMetrics
  return [
    ...entry(`outputMetrics:${key}`, metrics),
    ...facets.map(([name, value]): Entry => [`${name}:${key}`, value]),
    ...entry(`schema:${key}`, !isWritten && isDropped(dataset) ? dataset.schema : undefined),
    ...entry(`lifecycleStateChange:${key}`, isWritten ? undefined : metadata.get('lifecycleStateChange')),
    ...entry(`partition:${key}`, partitionsRead.length === 0 ? undefined : partitionsRead),
  ]
}

const factsByKey = (datasets: readonly DatasetFacts[]) =>
  datasets.length === 0 ? undefined : Object.fromEntries(datasets.map((dataset) => [dataset.key, factsOf(dataset)]))

function factsOf({ schema, description, owners, tags, symlinks, metadata }: DatasetFacts) {
  const aliases = symlinks.length === 0 ? undefined : symlinks
  return { ...Object.fromEntries(metadata), schema, description, owners, tags, symlinks: aliases }
}

const entry = (name: string, value: unknown): readonly Entry[] => (value === undefined ? [] : [[name, value]])
