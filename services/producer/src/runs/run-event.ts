import type { HeadwaterEvent, InputAsset, RunState } from '@headwater/schemas'
import { producerVersion } from '../producer-version.ts'
import { outputAsset } from './output.ts'
import type { Run } from './run.ts'

export type RunMoment = {
  readonly eventId: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly state: RunState
  readonly error: string | null
}

/** One event with everything known about a run. */
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
 * The inputs of the run. Own inputs of outputs are included only where every output has own inputs: otherwise they would become inputs of
 * the outputs without.
 */
function inputsOf({ upstreams, outputs, described }: Run): readonly InputAsset[] {
  const keys = new Set(upstreams.keys())
  const all = [...outputs.values()]
  if (all.every(({ from }) => from !== null)) {
    for (const { from } of all) for (const key of from ?? []) keys.add(key)
  }
  return [...keys].map((key) => ({ key, properties: described.get(key) ?? null }))
}
