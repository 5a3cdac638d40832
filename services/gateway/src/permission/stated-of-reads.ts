import { chunksOf } from '@headwater/kafka'
import { metadataMap, withContentId } from '@headwater/openlineage'
import { type AssetEvent, type HeadwaterEvent, jobEventDefaults } from '@headwater/schemas'

type Reading = Extract<HeadwaterEvent, { readonly type: 'MaterializationEvent' | 'JobEvent' }>
type Statements = Readonly<Record<string, unknown>>

// Clients describe their inputs: schema, owners, other names. A key that may not write an input may still read it, so what its run states of
// the input becomes metadata of the run, `stated:<asset key>`, instead of facts of the asset. A value above 64 KiB is cut, as all metadata is.

/**
 * The events of one report, in which what a run or job states of assets that it only reads, and that are outside of what the sender may
 * write, is metadata of the run or job. All other events are unchanged.
 */
export function withStatementsOfReads(
  events: readonly HeadwaterEvent[],
  mayWrite: (key: string) => boolean,
): readonly HeadwaterEvent[] {
  const reading = events.find(isReading)
  if (reading === undefined) return events
  const written = new Set(writtenBy(reading))
  const isOfRead = ({ key, alias }: AssetEvent) =>
    !written.has(key) && !(mayWrite(key) && (alias === null || mayWrite(alias)))
  const stated = new Map<string, Statements>()
  const rest = events.filter(({ type, event }) => {
    if (type !== 'AssetEvent' || !isStatement(event) || !isOfRead(event)) return true
    stated.set(event.key, joined(stated.get(event.key), event))
    return false
  })
  const host = withoutProperties(reading, mayWrite, stated)
  if (stated.size === 0) return events
  return rest.flatMap((each) => (each === reading ? withMetadata(host, stated) : [each]))
}

// What a run's or a job's events state in metadata accumulates by name, so a large amount is spread over several events.
const maxBytes = 256 << 10

function withMetadata(reading: Reading, stated: ReadonlyMap<string, Statements>): readonly HeadwaterEvent[] {
  const entries = [...stated].flatMap(([key, value]) => Object.entries(metadataMap([[`stated:${key}`, value]])))
  const sizeOf = ([name, text]: readonly [string, string]) => Buffer.byteLength(name) + Buffer.byteLength(text)
  return chunksOf(entries, { sizeOf, mostBytes: maxBytes }).map((chunk, index) => {
    const added = Object.fromEntries(chunk)
    if (index > 0) return furtherEvent(reading, added)
    return { ...reading, event: { ...reading.event, metadata: { ...reading.event.metadata, ...added } } } as Reading
  })
}

function furtherEvent(reading: Reading, metadata: Readonly<Record<string, string>>): HeadwaterEvent {
  const { eventId: _, ...event } = withoutContent(reading).event
  return withContentId(reading.type, { ...event, metadata } as Parameters<typeof withContentId<Reading['type']>>[1])
}

const withoutContent = ({ type, event }: Reading): Reading =>
  type === 'MaterializationEvent'
    ? { type, event: { ...event, inputs: [], outputs: [], error: null, metadata: {} } }
    : { type, event: { ...event, ...jobEventDefaults } }

const isReading = (event: HeadwaterEvent): event is Reading =>
  event.type === 'MaterializationEvent' || event.type === 'JobEvent'

const writtenBy = ({ type, event }: Reading): readonly string[] =>
  type === 'MaterializationEvent'
    ? event.outputs.map(({ key }) => key)
    : (event.lineage ?? []).map(({ output }) => output)

/** What tools state of their inputs; drops, renames and checks are not among it. */
const isStatement = ({ change, aliasSource }: AssetEvent) =>
  change === 'STATED' || (change === 'ALIASED' && (aliasSource === 'SYMLINK' || aliasSource === 'TABLE_SYMLINK'))

function joined(known: Statements = {}, event: AssetEvent): Statements {
  if (event.change === 'ALIASED') return { ...known, aliases: [...((known['aliases'] ?? []) as string[]), event.alias] }
  const { description, owners, tags, schema, metadata, metrics, removed } = event
  const fields = { description, owners, tags, schema, metadata: parsed(metadata), metrics, removed }
  return { ...known, ...Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value))) }
}

const parsed = (metadata: AssetEvent['metadata']) =>
  Object.fromEntries(Object.entries(metadata).map(([name, text]) => [name, JSON.parse(text) as unknown]))

const isEmpty = (value: unknown) => value === null || Object.keys(value as object).length === 0

function withoutProperties(
  reading: Reading,
  mayWrite: (key: string) => boolean,
  stated: Map<string, Statements>,
): Reading {
  if (reading.type !== 'MaterializationEvent') return reading
  const inputs = reading.event.inputs.map((input) => {
    if (input.properties === null || mayWrite(input.key)) return input
    stated.set(input.key, { ...stated.get(input.key), properties: input.properties })
    return { ...input, properties: null }
  })
  return { ...reading, event: { ...reading.event, inputs } }
}
