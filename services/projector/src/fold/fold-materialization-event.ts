import {
  CodecError,
  type EventType,
  encodeEvent,
  headerLength,
  type MaterializationEvent,
  type MaterializationView,
} from '@headwater/schemas'
import type { Origin } from '../tables/rows.ts'
import { runFacts } from '../tables/run-facts-table.ts'
import type { RowCollector } from '../tables/table.ts'
import { addAssetFacts } from './add-asset-facts.ts'
import type { CommonRows } from './common/common-rows.ts'
import { mergeOutputs } from './merge-outputs.ts'

/**
 * Rows of an event about a run: what it says of the run and of assets.
 * @throws CodecError UNDECODABLE, with nothing added, when the event holds a text too large for a view: 128 MiB
 */
export function foldMaterializationEvent(
  event: MaterializationEvent,
  origin: Origin,
  view: MaterializationView,
  common: CommonRows,
  rows: RowCollector,
): void {
  const merged = { ...event, outputs: mergeOutputs(event.outputs) }
  const encoded = encodeEvent({ type: 'MaterializationEvent', event: bare(merged) }, noIds)
  if (!view.read(encoded, headerLength, true)) {
    throw new CodecError('UNDECODABLE', 'MaterializationEvent holds a text or list too large to be folded')
  }
  addAssetFacts(event, origin, rows)
  const sets = common.recall(view) ?? common.learn(view, merged, rows)
  const columnSets = common.learnColumns(merged, rows)
  rows.add(runFacts, { view, origin, sets, columnSets, event: merged })
}

const noIds = { MaterializationEvent: 0, AssetEvent: 0, CheckEvent: 0, JobEvent: 0 } as const satisfies Record<
  EventType,
  number
>

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
