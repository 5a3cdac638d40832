import type { RecordedEvent } from '@headwater/lineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import { buildAssetEvent, buildMaterialization, foldReference, noon } from '@headwater/testing/events'

/** Second `n` after noon. */
export const at = (second: number) => noon + second * 1_000

/** Recorded as they occurred. */
export const recorded = (...events: readonly HeadwaterEvent[]): readonly RecordedEvent[] =>
  events.map((event) => ({ event, recordedAt: event.event.occurredAt }))

type RunParts = Omit<NonNullable<Parameters<typeof buildMaterialization>[0]>, 'runId' | 'occurredAt'>

/** An event of run `runId` at that second; of job `load` and a success unless `parts` say otherwise. */
export const run = (runId: string, second: number, parts: RunParts) =>
  buildMaterialization({ runId, occurredAt: at(second), ...parts })

export const drop = (key: string, second: number) => buildAssetEvent({ key, change: 'DROPPED', occurredAt: at(second) })

/** `from>to` of edges, for short expectations. */
export const arrows = (edges: readonly { readonly from: string; readonly to: string }[]) =>
  edges.map(({ from, to }) => `${from}>${to}`)

/** One run an edge, each of a job of its own. */
export const graphOf = (...edges: readonly string[]) =>
  foldReference(
    recorded(
      ...edges.map((edge) => {
        const [from = '', to = ''] = edge.split('>')
        return run(edge, 1, { job: { namespace: 'test', name: edge, type: null }, inputs: [from], outputs: [to] })
      }),
    ),
  )
