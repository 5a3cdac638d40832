// Holds: equal texts and lists are kept once, so that the events of a long run fit into memory.
import type { HeadwaterEvent, InputAsset, Job, OutputAsset } from '@headwater/schemas'

const noMetadata: Readonly<Record<string, string>> = {}
const noMetrics: Readonly<Record<string, number>> = {}

/** Events without the fields that the reference ignores: descriptions, metrics, schemas. */
export class SlimEvents {
  readonly #jobs = new Map<string, Job>()
  readonly #inputs = new Map<string, readonly InputAsset[]>()
  readonly #outputs = new Map<string, readonly OutputAsset[]>()

  of(typed: HeadwaterEvent): HeadwaterEvent {
    if (typed.type !== 'MaterializationEvent') return typed
    const { event } = typed
    const { eventId, occurredAt, runId, state } = event
    return {
      type: 'MaterializationEvent',
      event: {
        ...{ eventId, occurredAt, runId, state, producer: '', metadata: noMetadata },
        ...{ startedAt: null, nominalStart: null, nominalEnd: null, parent: null, root: null, by: null, error: null },
        job: kept(this.#jobs, { namespace: event.job.namespace, name: event.job.name, type: null }),
        inputs: kept(
          this.#inputs,
          event.inputs.map(({ key }) => ({ key, properties: null })),
        ),
        outputs: kept(this.#outputs, event.outputs.map(slimOutput)),
      },
    }
  }
}

const slimOutput = ({ key, inputs }: OutputAsset): OutputAsset => ({
  ...{ key, inputs, properties: null, metadata: noMetadata, metrics: noMetrics, schema: null },
  ...{ columnLineage: [], checks: [] },
})

function kept<T>(known: Map<string, T>, value: T): T {
  const content = JSON.stringify(value)
  const same = known.get(content)
  if (same !== undefined) return same
  known.set(content, value)
  return value
}
