import type { MaterializationEvent, RunReference, RunState } from '@headwater/schemas'
import type { OpenLineageRunEvent } from '../open-lineage-event.ts'
import { isUuid } from '../text/uuid.ts'
import { eventHeader } from './event-header.ts'
import { facetMap } from './facet-map.ts'
import { metadataFacet } from './facets/metadata-facet.ts'
import { jobOf } from './job-of.ts'
import { runDatasets } from './run-datasets.ts'
import { runUuid } from './run-uuid.ts'

const eventTypes: Readonly<Record<RunState, string>> = {
  UNKNOWN: 'OTHER',
  STARTED: 'START',
  RUNNING: 'RUNNING',
  SUCCEEDED: 'COMPLETE',
  FAILED: 'FAIL',
  ABORTED: 'ABORT',
}
const ends: ReadonlySet<RunState> = new Set(['SUCCEEDED', 'FAILED', 'ABORTED'])

/**
 * RunEvents for a run. Servers take the start time of a run from its START event, and the SDK sends most runs as one event at their end:
 * an event that ends a run is preceded by a START event made from `startedAt`.
 */
export function runEvents(event: MaterializationEvent): readonly OpenLineageRunEvent[] {
  const { state, startedAt, occurredAt } = event
  const header = eventHeader('RunEvent', occurredAt, event.producer)
  const { producer } = header
  const job = jobOf(event.job, event.by, producer)
  const run = runOf(event, producer)
  const sent = { ...header, eventType: eventTypes[state], run: run.atEnd, job, ...runDatasets(event, producer) }
  if (!ends.has(state) || startedAt === null) return [sent]
  const start = { ...eventHeader('RunEvent', startedAt, event.producer), eventType: 'START', run: run.atStart, job }
  return [{ ...start, inputs: [], outputs: [] }, sent]
}

/** The run as known at its start, and as known at its end. */
function runOf(event: MaterializationEvent, producer: string) {
  const { runId, job, parent, root, error, metadata } = event
  const known = {
    parent: parentFacet(parent, root),
    nominalTime: nominalTime(event),
    headwater_run: isUuid(runId) ? undefined : { runId },
  }
  const result = {
    errorMessage: error === null ? undefined : { message: error, programmingLanguage: 'unknown' },
    headwater_metadata: metadataFacet(metadata),
  }
  const id = runUuid({ jobNamespace: job.namespace, jobName: job.name, runId })
  return {
    atStart: { runId: id, facets: facetMap('run', producer, known) },
    atEnd: { runId: id, facets: facetMap('run', producer, { ...known, ...result }) },
  }
}

function parentFacet(parent: RunReference | null, root: RunReference | null): object | undefined {
  const nearest = parent ?? root
  if (nearest === null) return undefined
  return { ...reference(nearest), ...(root === null ? {} : { root: reference(root) }) }
}

function reference(run: RunReference): object {
  return { run: { runId: runUuid(run) }, job: { namespace: run.jobNamespace, name: run.jobName } }
}

function nominalTime({ nominalStart, nominalEnd }: MaterializationEvent): object | undefined {
  const start = nominalStart ?? nominalEnd
  if (start === null) return undefined
  const end = nominalEnd === null ? {} : { nominalEndTime: new Date(nominalEnd).toISOString() }
  return { nominalStartTime: new Date(start).toISOString(), ...end }
}
