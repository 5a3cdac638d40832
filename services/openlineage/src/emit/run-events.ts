import type { MaterializationEvent, RunReference, RunState } from '@headwater/schemas'
import type { OpenLineageRunEvent } from '../open-lineage-event.ts'
import { saidAt } from './event-header.ts'
import { facetMap } from './facet-map.ts'
import { metadataFacet } from './facets/metadata-facet.ts'
import { jobOf } from './job-of.ts'
import { runDatasets } from './run-datasets.ts'
import { isUuid, runUuid } from './run-uuid.ts'

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
 * A run's event. Servers learn from START when a run began, and ours may have only its end, which knows: then START goes
 * before it.
 */
export function runEvents(event: MaterializationEvent): readonly OpenLineageRunEvent[] {
  const { state, startedAt, occurredAt } = event
  const said = saidAt('RunEvent', occurredAt, event.producer)
  const { producer } = said
  const job = jobOf(event.job, event.by, producer)
  const run = runOf(event, producer)
  const whole = { ...said, eventType: eventTypes[state], run: run.whole, job, ...runDatasets(event, producer) }
  if (!ends.has(state) || startedAt === null) return [whole]
  const start = { ...saidAt('RunEvent', startedAt, event.producer), eventType: 'START', run: run.known, job }
  return [{ ...start, inputs: [], outputs: [] }, whole]
}

/** A run with what is known from its start on, and with what its end tells. */
function runOf(event: MaterializationEvent, producer: string) {
  const { runId, job, parent, root, error, metadata } = event
  const known = {
    parent: parentFacet(parent, root),
    nominalTime: nominalTime(event),
    headwater_run: isUuid(runId) ? undefined : { runId },
  }
  const told = {
    errorMessage: error === null ? undefined : { message: error, programmingLanguage: 'unknown' },
    headwater_metadata: metadataFacet(metadata),
  }
  const id = runUuid({ jobNamespace: job.namespace, jobName: job.name, runId })
  return {
    known: { runId: id, facets: facetMap('run', producer, known) },
    whole: { runId: id, facets: facetMap('run', producer, { ...known, ...told }) },
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
