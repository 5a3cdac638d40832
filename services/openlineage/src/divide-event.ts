import {
  type AssetEvent,
  assetEventDefaults,
  type ColumnLineage,
  type HeadwaterEvent,
  type MaterializationEvent,
  type OutputAsset,
} from '@headwater/schemas'
import { withContentId } from './events/with-content-id.ts'

// The fold unites the events of one run: its inputs and outputs, the own inputs and the column lineage of one output. So one event may be
// written as two of the same state and time. A schema and a declared lineage cannot be divided: there the latest event replaces the rest.

type Halves<T> = readonly [T, T]
type Division<T> = { readonly weight: number; readonly halves: () => Halves<T> }

/**
 * Divides an event that is too large for one record of the log into two that together report the same. Ids are made of content, so a
 * retry gives the same two.
 * @returns undefined for an event that cannot be divided
 */
export function divideEvent({ type, event }: HeadwaterEvent): Halves<HeadwaterEvent> | undefined {
  if (type === 'MaterializationEvent') return both(dividedRun(event), (half) => withNewContentId(type, half))
  if (type === 'AssetEvent') return both(dividedAsset(event), (half) => withNewContentId(type, half))
  return undefined
}

/** The largest list is divided first; then metadata is separated from outputs, and last the schema from the rest of its output. */
function dividedRun(run: MaterializationEvent): Halves<MaterializationEvent> | undefined {
  const { inputs, outputs } = run
  const rest = { ...run, inputs: [], error: null, metadata: {} }
  const [output, another] = outputs
  const ofOutput = output === undefined || another !== undefined ? [] : divisionsOf(output)
  const lists: readonly Division<MaterializationEvent>[] = [
    ...divisionOf(inputs, (first, second) => [
      { ...run, inputs: first },
      { ...rest, outputs: [], inputs: second },
    ]),
    ...divisionOf(outputs, (first, second) => [
      { ...run, outputs: first },
      { ...rest, outputs: second },
    ]),
    ...ofOutput.map(({ weight, halves }) => ({
      weight,
      halves: () => inOutputs(halves()),
    })),
  ]
  const [heaviest] = lists.toSorted((a, b) => b.weight - a.weight)
  if (heaviest !== undefined) return heaviest.halves()
  if (output === undefined) return undefined
  if (Object.keys(run.metadata).length > 0)
    return [
      { ...run, outputs: [] },
      { ...rest, outputs },
    ]
  return output.schema === null || Object.keys(output.metadata).length === 0
    ? undefined
    : inOutputs(schemaSeparated(output))

  function inOutputs([first, second]: Halves<OutputAsset>): Halves<MaterializationEvent> {
    return [
      { ...run, outputs: [first] },
      { ...rest, outputs: [second] },
    ]
  }
}

function divisionsOf(output: OutputAsset): readonly Division<OutputAsset>[] {
  const { inputs, columnLineage } = output
  const rest = emptyOutput(output)
  const [column, another] = columnLineage
  const withColumns = (first: readonly ColumnLineage[], second: readonly ColumnLineage[]): Halves<OutputAsset> => [
    { ...output, columnLineage: first },
    { ...rest, columnLineage: second },
  ]
  return [
    ...divisionOf(inputs ?? [], (first, second) => [
      { ...output, inputs: first },
      { ...rest, inputs: second },
    ]),
    ...divisionOf(columnLineage, withColumns),
    ...(column === undefined || another !== undefined
      ? []
      : divisionOf(column.inputs, (first, second) =>
          withColumns([{ ...column, inputs: first }], [{ ...column, inputs: second }]),
        )),
  ]
}

const schemaSeparated = (output: OutputAsset): Halves<OutputAsset> => [
  { ...output, schema: null },
  { ...emptyOutput(output), schema: output.schema },
]

const emptyOutput = ({ key }: OutputAsset): OutputAsset => ({
  ...{ key, inputs: null, properties: null, metadata: {}, metrics: {}, schema: null, columnLineage: [], checks: [] },
})

/** Separates the schema of an asset from everything else that is reported of it. */
function dividedAsset(event: AssetEvent): Halves<AssetEvent> | undefined {
  const { schema, change, eventId, occurredAt, producer, key } = event
  const hasMore = Object.keys(event.metadata).length > 0
  if (change !== 'STATED' || schema === null || !hasMore) return undefined
  return [
    { ...event, schema: null },
    { ...assetEventDefaults, ...{ eventId, occurredAt, producer, key, change, schema } },
  ]
}

/** The division of a list in the middle; none for a list of fewer than two entries. */
function divisionOf<E, T>(
  list: readonly E[],
  halves: (first: readonly E[], second: readonly E[]) => Halves<T>,
): readonly Division<T>[] {
  if (list.length < 2) return []
  const middle = Math.ceil(list.length / 2)
  return [{ weight: JSON.stringify(list).length, halves: () => halves(list.slice(0, middle), list.slice(middle)) }]
}

const both = <T, U>(halves: Halves<T> | undefined, map: (half: T) => U): Halves<U> | undefined =>
  halves === undefined ? undefined : [map(halves[0]), map(halves[1])]

function withNewContentId<T extends 'MaterializationEvent' | 'AssetEvent'>(
  type: T,
  { eventId: _, ...content }: Extract<HeadwaterEvent, { type: T }>['event'],
): HeadwaterEvent {
  return withContentId(type, content as Parameters<typeof withContentId<T>>[1])
}
