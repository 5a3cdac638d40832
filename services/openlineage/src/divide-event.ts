import {
  type AssetEvent,
  type ColumnLineage,
  type HeadwaterEvent,
  type MaterializationEvent,
  nothingSaidOfAsset,
  type OutputAsset,
} from '@headwater/schemas'
import { sealed } from './events/with-content-id.ts'

// What several events say of one run is united: its inputs and outputs, the own inputs and the columns of one output. So one event may be
// told as two of the same state and time. A schema is whole, since the latest holds, and so is what a job declares.

type Halves<T> = readonly [T, T]
type Division<T> = { readonly weight: number; readonly halves: () => Halves<T> }

/**
 * Two events that together say what one says, for a log that takes no record of its size. Ids are made of content: a retry is divided
 * into the same.
 * @returns undefined for what cannot be divided
 */
export function divideEvent({ type, event }: HeadwaterEvent): Halves<HeadwaterEvent> | undefined {
  if (type === 'MaterializationEvent') return both(dividedRun(event), (run) => sealedAnew(type, run))
  if (type === 'AssetEvent') return both(dividedStatement(event), (said) => sealedAnew(type, said))
  return undefined
}

/** What is large is divided first. */
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
    : inOutputs(schemaApart(output))

  function inOutputs([first, second]: Halves<OutputAsset>): Halves<MaterializationEvent> {
    return [
      { ...run, outputs: [first] },
      { ...rest, outputs: [second] },
    ]
  }
}

function divisionsOf(output: OutputAsset): readonly Division<OutputAsset>[] {
  const { inputs, columnLineage } = output
  const rest = nothingMoreOf(output)
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

const schemaApart = (output: OutputAsset): Halves<OutputAsset> => [
  { ...output, schema: null },
  { ...nothingMoreOf(output), schema: output.schema },
]

const nothingMoreOf = ({ key }: OutputAsset): OutputAsset => ({
  ...{ key, inputs: null, properties: null, metadata: {}, metrics: {}, schema: null, columnLineage: [], checks: [] },
})

/** The columns of an asset and whatever else is said of it. */
function dividedStatement(said: AssetEvent): Halves<AssetEvent> | undefined {
  const { schema, change, eventId, occurredAt, producer, key } = said
  const isMore = Object.keys(said.metadata).length > 0
  if (change !== 'STATED' || schema === null || !isMore) return undefined
  return [
    { ...said, schema: null },
    { ...nothingSaidOfAsset, ...{ eventId, occurredAt, producer, key, change, schema } },
  ]
}

/** One way to divide, or none for a list of one. */
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

function sealedAnew<T extends 'MaterializationEvent' | 'AssetEvent'>(
  type: T,
  { eventId: _, ...content }: Extract<HeadwaterEvent, { type: T }>['event'],
): HeadwaterEvent {
  return sealed(type, content as Parameters<typeof sealed<T>>[1])
}
