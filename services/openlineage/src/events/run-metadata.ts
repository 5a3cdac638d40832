import type { DatasetSaid } from '../facts/dataset-facts.ts'
import type { JobSaid } from '../facts/job-facts.ts'
import type { RunSaid } from '../facts/run-facts.ts'
import { isAuditTable, isDropped } from '../facts/written-datasets.ts'
import type { OpenLineageRunEvent } from '../open-lineage-event.ts'
import { isKnownType } from './run-state.ts'

type Fact = readonly [name: string, value: unknown]

/** What is kept of the event as facts about its run: facets by name, those about reading an input by `<facet>:<asset key>`. */
export function runFacts(
  event: OpenLineageRunEvent,
  run: RunSaid,
  job: JobSaid,
  datasets: readonly DatasetSaid[],
  written: readonly DatasetSaid[],
): readonly Fact[] {
  const ofRun = new Set(written)
  const tests = run.tests.length > 0 && soleAsset(datasets, job) === undefined ? run.testFacet : undefined
  const audits = datasets.filter((said) => isAuditTable(said, job)).map((said) => [said.key, factsOf(said)] as const)
  return [
    ...datasets.flatMap((said) => readingFacts(said, ofRun.has(said))),
    ...run.facts,
    ...given('jobType', job.facts.get('jobType')),
    ...given('jobLineage', job.facts.get('lineage')),
    ...given('test', tests),
    ...given('eventType', isKnownType(event.eventType) ? undefined : event.eventType),
    ...given('auditTables', audits.length === 0 ? undefined : Object.fromEntries(audits)),
  ]
}

/** The logs of tables that an event names, and what it says of them. */
export const logFacts = (logs: readonly DatasetSaid[]): readonly Fact[] =>
  given('tableLogs', logs.length === 0 ? undefined : Object.fromEntries(logs.map((said) => [said.key, factsOf(said)])))

/** The one asset that a run names, if it is one: its tests are about that. */
export function soleAsset(datasets: readonly DatasetSaid[], job: JobSaid): string | undefined {
  const real = datasets.filter((said) => !isAuditTable(said, job))
  return real.length === 1 ? real[0]?.key : undefined
}

function readingFacts(said: DatasetSaid, isWritten: boolean): readonly Fact[] {
  const facts = [...said.inputFacts, ...(isWritten ? [] : said.outputFacts)]
  const metrics = isWritten || Object.keys(said.outputMetrics).length === 0 ? undefined : said.outputMetrics
  return [
    ...given(`outputMetrics:${said.key}`, metrics),
    ...facts.map(([name, value]): Fact => [`${name}:${said.key}`, value]),
    ...given(`schema:${said.key}`, !isWritten && isDropped(said) ? said.schema : undefined),
    ...given(`lifecycleStateChange:${said.key}`, isWritten ? undefined : said.facts.get('lifecycleStateChange')),
    ...given(`partition:${said.key}`, said.partitionsRead.length === 0 ? undefined : said.partitionsRead),
  ]
}

function factsOf(said: DatasetSaid) {
  const { schema, description, owners, tags, symlinks, facts } = said
  return {
    ...Object.fromEntries(facts),
    schema,
    description,
    owners,
    tags,
    symlinks: symlinks.length === 0 ? undefined : symlinks,
  }
}

const given = (name: string, value: unknown): readonly Fact[] => (value === undefined ? [] : [[name, value]])
