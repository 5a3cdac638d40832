import type { CheckResult, HeadwaterEvent } from '@headwater/schemas'
import type { KeyOf } from './dataset-key.ts'
import { withEphemeralModels } from './edges/dbt-ephemeral-models.ts'
import { columnsFromEntries, eventEdges } from './edges/event-edges.ts'
import { assetEvents } from './events/asset-events.ts'
import { checkEvents } from './events/check-events.ts'
import { type EventOrigin, originOf } from './events/event-origin.ts'
import { jobEvents } from './events/job-event.ts'
import { materializationEvent, runContent } from './events/materialization-event.ts'
import { runMetadata, soleAsset, tableLogMetadata } from './events/run-metadata.ts'
import { isStream, refreshesOf } from './events/stream-refreshes.ts'
import { type DatasetFacts, readDatasetFacts } from './facts/dataset-facts.ts'
import { distinctDatasets } from './facts/distinct-datasets.ts'
import { type JobFacts, readJobFacts } from './facts/job-facts.ts'
import { withColumnsBeforeRename } from './facts/renamed-from.ts'
import { type RunFacts, readRunFacts } from './facts/run-facts.ts'
import { withoutTrinoInputSchema } from './facts/trino-inputs.ts'
import { isAuditTable, isDbtTest, isTableLog, writtenDatasets } from './facts/written-datasets.ts'
import type { OpenLineageRunEvent } from './open-lineage-event.ts'

type RunReport = {
  readonly event: OpenLineageRunEvent
  readonly key: KeyOf
  readonly origin: EventOrigin
  readonly job: JobFacts
  readonly run: RunFacts
  readonly datasets: readonly DatasetFacts[]
  readonly written: readonly DatasetFacts[]
  readonly tableLogs: readonly DatasetFacts[]
}

/** Headwater's events for a RunEvent: the run and its edges, then its job, its datasets and their checks. */
export function runEvents(event: OpenLineageRunEvent, keyByName: KeyOf): readonly HeadwaterEvent[] {
  const report = readReport(event, withEphemeralModels(event.inputs ?? [], keyByName))
  const { job, origin } = report
  const jobMetadata = [...job.metadata].filter(([name]) => name !== 'jobType' && name !== 'lineage')
  return [
    ...eventsOfRun(report),
    ...jobEvents(job, jobMetadata, null, origin),
    ...eventsOfAssets(report),
    ...checksOf(report),
  ]
}

function readReport(event: OpenLineageRunEvent, key: KeyOf): RunReport {
  const job = readJobFacts(event.job)
  const run = readRunFacts(event.run.facets)
  const all = distinctDatasets(event.inputs ?? [], event.outputs ?? [], key).map((distinct) => {
    const dataset = withColumnsBeforeRename(readDatasetFacts(distinct, key), key)
    return withoutTrinoInputSchema(dataset, job, run)
  })
  const datasets = all.filter((dataset) => !isTableLog(dataset))
  const written = writtenDatasets(datasets, job)
  return { event, key, origin: originOf(event), job, run, datasets, written, tableLogs: all.filter(isTableLog) }
}

function eventsOfRun({ event, key, origin, job, run, ...report }: RunReport): readonly HeadwaterEvent[] {
  const { datasets, written, tableLogs } = report
  const entries = [...run.lineage, ...(job.lineage ?? [])]
  const content = runContent({
    origin,
    runId: event.run.runId,
    eventType: event.eventType,
    run,
    job,
    edges: eventEdges(datasets, written, entries, event.job, key),
    written,
    columnsByOutput: columnsFromEntries(entries, key),
    metadata: [...runMetadata(event, run, job, datasets, written), ...tableLogMetadata(tableLogs)],
  })
  const refreshes = isStream(job, run) ? refreshesOf(content) : undefined
  return [content, ...(refreshes === undefined ? [] : [refreshes])].map(materializationEvent)
}

function eventsOfAssets({ event, key, origin, job, datasets, written }: RunReport): readonly HeadwaterEvent[] {
  const hasHappened = event.eventType?.toUpperCase() === 'COMPLETE'
  const assets = datasets.filter((dataset) => !isAuditTable(dataset, job))
  const writtenByRun = new Set(written)
  return assets.flatMap((dataset) =>
    assetEvents(dataset, {
      ...{ origin, key, hasHappened, namespace: job.namespace },
      reportedBy: writtenByRun.has(dataset) ? 'the run that wrote it' : 'a run',
    }),
  )
}

function checksOf({ event, origin, job, run, datasets }: RunReport): readonly HeadwaterEvent[] {
  const checkedIn = { runId: event.run.runId, jobNamespace: job.namespace, jobName: job.name }
  const sole = soleAsset(datasets, job)
  return [
    ...datasets.flatMap((dataset) => checkEvents(dataset.key, dataset.checks, checkedIn, origin)),
    ...(sole === undefined ? [] : checkEvents(sole, testsOf(run, job), checkedIn, origin)),
  ]
}

/** In the test facet dbt calls a test `test.<package>.<name>`, in assertions `<name>`: one check needs one name. */
function testsOf({ tests }: RunFacts, job: JobFacts): readonly CheckResult[] {
  return isDbtTest(job) ? tests.map((test) => ({ ...test, name: test.name.replace(/^test\.[^.]+\./, '') })) : tests
}
