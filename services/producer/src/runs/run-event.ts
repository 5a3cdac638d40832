import type { HeadwaterEvent, InputAsset, RunState } from '@headwater/schemas'
import { producerVersion } from '../producer-version.ts'
import { outputAsset } from './output.ts'
import type { Run } from './run.ts'

export type RunMoment = {
  readonly eventId: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly state: RunState
  readonly error: string | null
}

/** Everything known of a run, as one event. */
export function runEvent(run: Run, { eventId, at, state, error }: RunMoment): HeadwaterEvent {
  const { runId, job, startedAt, parent, root, by, interval } = run
  return {
    type: 'MaterializationEvent',
    event: {
      eventId,
      occurredAt: Math.max(at, startedAt),
      producer: producerVersion,
      runId,
      job,
      state,
      startedAt,
      nominalStart: interval?.start ?? null,
      nominalEnd: interval?.end ?? null,
      parent,
      root,
      by,
      error,
      inputs: inputsOf(run),
      outputs: [...run.outputs.values()].map(outputAsset),
      metadata: Object.fromEntries(run.metadata),
    },
  }
}

/**
 * What the run read. Inputs of single outputs are among them only when every output has its own: otherwise they would
 * become inputs of those that have not.
 */
function inputsOf({ upstreams, outputs, described }: Run): readonly InputAsset[] {
  const keys = new Set(upstreams.keys())
  const all = [...outputs.values()]
  if (all.every(({ from }) => from !== null)) {
    for (const { from } of all) for (const key of from ?? []) keys.add(key)
  }
  return [...keys].map((key) => ({ key, properties: described.get(key) ?? null }))
}
