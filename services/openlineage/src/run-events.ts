import type { CheckResult, HeadwaterEvent } from '@headwater/schemas'
import type { KeyOf } from './dataset-key.ts'
import { withEphemeralModels } from './edges/ephemeral-models.ts'
import { edgesSaid, entryColumns } from './edges/event-edges.ts'
import { assetEvents } from './events/asset-events.ts'
import { checkEvents } from './events/check-events.ts'
import { type SaidAt, saidAt } from './events/event-origin.ts'
import { jobEvents } from './events/job-event.ts'
import { materializationEvent, runContent } from './events/materialization-event.ts'
import { logFacts, runFacts, soleAsset } from './events/run-metadata.ts'
import { companionOf, isOfStream } from './events/stream-refreshes.ts'
import { withColumnsRead } from './facts/columns-read.ts'
import { type DatasetSaid, readDatasetSaid } from './facts/dataset-facts.ts'
import { type JobSaid, readJobSaid } from './facts/job-facts.ts'
import { withPreviousColumns } from './facts/renamed-from.ts'
import { type RunSaid, readRunSaid } from './facts/run-facts.ts'
import { seenDatasets } from './facts/seen-datasets.ts'
import { isAuditTable, isDbtTest, isTableLog, writtenBy } from './facts/written-datasets.ts'
import type { OpenLineageRunEvent } from './open-lineage-event.ts'

type Told = {
  readonly event: OpenLineageRunEvent
  readonly key: KeyOf
  readonly at: SaidAt
  readonly job: JobSaid
  readonly run: RunSaid
  readonly datasets: readonly DatasetSaid[]
  readonly written: readonly DatasetSaid[]
  readonly logs: readonly DatasetSaid[]
}

/** What an event about a run says, in Headwater's events. */
export function runEvents(event: OpenLineageRunEvent, keyByName: KeyOf): readonly HeadwaterEvent[] {
  const key = withEphemeralModels(event.inputs ?? [], keyByName)
  const job = readJobSaid(event.job)
  const seen = seenDatasets(event.inputs ?? [], event.outputs ?? [], key)
  const run = readRunSaid(event.run.facets)
  const named = seen.map((dataset) =>
    withColumnsRead(withPreviousColumns(readDatasetSaid(dataset, key), key), job, run),
  )
  const datasets = named.filter((said) => !isTableLog(said))
  const written = writtenBy(datasets, job)
  const told = { event, key, at: saidAt(event), job, run, datasets, written, logs: named.filter(isTableLog) }
  const ofJob = [...job.facts].filter(([name]) => name !== 'jobType' && name !== 'lineage')
  return [...eventsOfRun(told), ...jobEvents(job, ofJob, null, told.at), ...eventsOfAssets(told), ...checksOf(told)]
}

function eventsOfRun({ event, key, at, job, run, datasets, written, logs }: Told): readonly HeadwaterEvent[] {
  const entries = [...run.lineage, ...(job.lineage ?? [])]
  const content = runContent({
    at,
    runId: event.run.runId,
    eventType: event.eventType,
    run,
    job,
    edges: edgesSaid(datasets, written, entries, event.job, key),
    written,
    columnsByOutput: entryColumns(entries, key),
    facts: [...runFacts(event, run, job, datasets, written), ...logFacts(logs)],
  })
  const companion = isOfStream(job, run) ? companionOf(content) : undefined
  return [content, ...(companion === undefined ? [] : [companion])].map(materializationEvent)
}

function eventsOfAssets({ event, key, at, job, datasets, written }: Told): readonly HeadwaterEvent[] {
  const hasHappened = event.eventType?.toUpperCase() === 'COMPLETE'
  const real = datasets.filter((said) => !isAuditTable(said, job))
  const ofRun = new Set(written)
  return real.flatMap((said) =>
    assetEvents(said, {
      ...{ at, key, hasHappened, namespace: job.namespace },
      told: ofRun.has(said) ? 'by the run that wrote it' : 'by a run',
    }),
  )
}

function checksOf({ event, at, job, run, datasets }: Told): readonly HeadwaterEvent[] {
  const by = { runId: event.run.runId, jobNamespace: job.namespace, jobName: job.name }
  const sole = soleAsset(datasets, job)
  return [
    ...datasets.flatMap((said) => checkEvents(said.key, said.checks, by, at)),
    ...(sole === undefined ? [] : checkEvents(sole, testsOf(run, job), by, at)),
  ]
}

/** dbt calls a test by its id, `test.<package>.<name>`, here and by its name in assertions. */
function testsOf({ tests }: RunSaid, job: JobSaid): readonly CheckResult[] {
  return isDbtTest(job) ? tests.map((test) => ({ ...test, name: test.name.replace(/^test\.[^.]+\./, '') })) : tests
}
