import { CodecError, type EventType, encodeEvent, headerLength, type MaterializationEvent } from '@headwater/schemas'
import { checks } from '../tables/fact-tables.ts'
import type { Origin } from '../tables/rows.ts'
import { runFacts } from '../tables/run-facts-table.ts'
import type { RowCollector } from '../tables/table.ts'
import type { CommonRows } from './common/common-rows.ts'
import { jsonOf } from './json-of.ts'
import { mergeOutputs } from './merge-outputs.ts'
import type { MaterializationView } from './repeats/materialization-view.ts'
import { addStatements, type Statements } from './statements.ts'

/** What is used again for each event. */
type Tools = { readonly view: MaterializationView; readonly statements: Statements }

/**
 * Adds what an event states about a run and its assets, and remembers what an event of its shape makes.
 * @throws CodecError UNDECODABLE, with nothing added, when the event holds a text too large for a view: 128 MiB
 */
export function foldMaterializationEvent(
  event: MaterializationEvent,
  origin: Origin,
  { view, statements }: Tools,
  common: CommonRows,
  rows: RowCollector,
): void {
  const copied = inOrder(event)
  if (!view.read(encodeEvent({ type: 'MaterializationEvent', event: copied }, noIds), headerLength, true)) {
    throw new CodecError('UNDECODABLE', 'MaterializationEvent holds a text or list too large to be folded')
  }
  addChecks(event, origin, rows)
  statements.clear()
  stateAssets(event, statements)
  const stated = statements.bytes
  addStatements(stated, 0, stated.length, origin, rows)
  const sets = common.learn(copied, rows)
  const keys = [...new Set(namedKeys(copied))]
  common.runs.note(view, { sets, rows: stated, keys, sighting: common.see(keys, event.occurredAt, rows) })
  rows.add(runFacts, { view, origin, sets })
}

/** Schema ids of events that are encoded to be read here. */
export const noIds = { MaterializationEvent: 0, AssetEvent: 0, CheckEvent: 0, JobEvent: 0 } as const satisfies Record<
  EventType,
  number
>

/** The event such that its texts may be copied as they are: one output a key, metadata of JSON texts under names as JSON has them. */
const inOrder = (event: MaterializationEvent): MaterializationEvent => ({
  ...event,
  outputs: mergeOutputs(event.outputs).map((output) => ({
    ...output,
    metadata: jsonMetadata(output.metadata),
    checks: [],
  })),
  metadata: jsonMetadata(event.metadata),
})

const jsonMetadata = (metadata: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [JSON.stringify(name).slice(1, -1), jsonOf(value)] as const),
  )

function stateAssets({ inputs, outputs }: MaterializationEvent, statements: Statements): void {
  const state = (asset: string, facet: 'properties' | 'schema', value: unknown) => {
    if (value !== null) statements.addAssetFact(asset, { facet, subject: '', value: JSON.stringify(value) })
  }
  for (const { key, properties } of inputs) state(key, 'properties', properties)
  for (const { key, properties, schema } of outputs) {
    state(key, 'properties', properties)
    state(key, 'schema', schema)
  }
}

const checksPerOutput = 2 ** 16

function addChecks({ job, runId, outputs }: MaterializationEvent, origin: Origin, rows: RowCollector): void {
  const run = { jobNamespace: job.namespace, jobName: job.name, runId }
  for (const [position, { key: asset, checks: results }] of outputs.entries()) {
    for (const [index, check] of results.entries()) {
      rows.add(checks, { origin, asset, check, ordinal: position * checksPerOutput + index, run })
    }
  }
}

const namedKeys = ({ inputs, outputs }: MaterializationEvent): readonly string[] => [
  ...inputs.map(({ key }) => key),
  ...outputs.flatMap((output) => [output.key, ...(output.inputs ?? [])]),
]
