import { type EventType, encodeEvent, type MaterializationEvent, type MaterializationView } from '@headwater/schemas'
import type { CommonRows } from './common-rows.ts'
import { mergeOutputs } from './merge-outputs.ts'
import type { Origin } from './rows.ts'
import { sayOfAssets } from './say-of-assets.ts'
import type { RowCollector } from './table.ts'
import { runFacts } from './tables.ts'

/** Rows of an event about a run: what it says of the run and of assets. */
export function foldMaterializationEvent(
  event: MaterializationEvent,
  origin: Origin,
  view: MaterializationView,
  common: CommonRows,
  rows: RowCollector,
): void {
  sayOfAssets(event, origin, rows)
  const merged = { ...event, outputs: mergeOutputs(event.outputs) }
  view.read(encodeEvent({ type: 'MaterializationEvent', event: bare(merged) }, noIds), headerBytes, true)
  const sets = common.recall(view) ?? common.learn(view, merged, rows)
  rows.add(runFacts, { view, origin, sets, event: merged })
}

const headerBytes = 5
const noIds = { MaterializationEvent: 0, AssetEvent: 0, CheckEvent: 0 } as const satisfies Record<EventType, number>

/** The event without what a view does not show. */
const bare = (event: MaterializationEvent): MaterializationEvent => ({
  ...event,
  inputs: event.inputs.map(({ key }) => ({ key, properties: null })),
  outputs: event.outputs.map(({ key, inputs, metrics }) => ({
    key,
    inputs,
    metrics,
    properties: null,
    metadata: {},
    schema: null,
    columnLineage: [],
    checks: [],
  })),
  metadata: {},
})
