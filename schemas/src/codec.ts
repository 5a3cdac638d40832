import avro, { type ForSchemaOptions, type Type } from 'avsc'
import { CodecError } from './codec-error.ts'
import {
  type AssetEvent,
  assetEventSchema,
  type CheckEvent,
  checkEventSchema,
  type JobEvent,
  jobEventSchema,
  type MaterializationEvent,
  materializationEventSchema,
} from './events.ts'

// The only importer of avsc. Frames as Confluent does: a zero byte, the schema id as 4 bytes big-endian, the Avro body.
// https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format

/** An event together with the name of its record. */
export type HeadwaterEvent =
  | { readonly type: 'MaterializationEvent'; readonly event: MaterializationEvent }
  | { readonly type: 'AssetEvent'; readonly event: AssetEvent }
  | { readonly type: 'CheckEvent'; readonly event: CheckEvent }
  | { readonly type: 'JobEvent'; readonly event: JobEvent }

export type EventType = HeadwaterEvent['type']

/** Schema ids of this version's records, as the registry gave them. */
export type SchemaIds = Readonly<Record<EventType, number>>

/** The Avro schema of each record, as JSON text. */
export const eventSchemas: Readonly<Record<EventType, string>> = {
  MaterializationEvent: materializationEventSchema,
  AssetEvent: assetEventSchema,
  CheckEvent: checkEventSchema,
  JobEvent: jobEventSchema,
}

export const eventTypes = Object.keys(eventSchemas) as readonly EventType[]

/** Bytes before the body of a framed payload. */
export const headerLength = 5

type Tap = {
  readLong(): number
  skipLong(): void
  readString(): string
  writeLong(value: number): void
  writeString(value: string): void
}
type TappedType = { _read(tap: Tap): unknown; _write(tap: Tap, value: unknown): void }

/**
 * A map in order of its keys, whoever wrote it: the same content has the same bytes, which identify it, and languages iterate over their maps in
 * orders of their own. It also keeps an entry called `__proto__`: keys come from outside, and avsc assigns entries to an object, which
 * loses that one. Used for our schemas only, so that whoever else uses avsc in this process keeps its own maps.
 */
class OrderedMapType extends avro.types.MapType {
  _read(tap: Tap): Record<string, unknown> {
    const values = this.valuesType as unknown as TappedType
    const entries: [string, unknown][] = []
    for (let size = tap.readLong(); size !== 0; size = tap.readLong()) {
      if (size < 0) tap.skipLong() // a block that states its bytes too
      for (let left = Math.abs(size); left > 0; left--) entries.push([tap.readString(), values._read(tap)])
    }
    const map: Record<string, unknown> = {}
    for (const [key, value] of inOrder(entries))
      if (key === '__proto__')
        Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true })
      else map[key] = value
    return map
  }

  _write(tap: Tap, map: unknown): void {
    const entries = inOrder(Object.entries(map as Record<string, unknown>)) // whose type was checked
    if (entries.length > 0) tap.writeLong(entries.length)
    for (const [key, value] of entries) {
      tap.writeString(key)
      ;(this.valuesType as unknown as TappedType)._write(tap, value)
    }
    tap.writeLong(0)
  }
}

type Entries = readonly (readonly [string, unknown])[]

/** By the bytes of the keys. Of equal keys the last one counts, as in any map. */
function inOrder(entries: Entries): Entries {
  if (entries.every(([key], index) => index === 0 || isBefore(entries[index - 1]?.[0] ?? '', key))) return entries
  return [...new Map(entries)].sort(([a], [b]) => (isBefore(a, b) ? -1 : 1))
}

const ascii = /^[\0-\x7f]*$/

const isBefore = (a: string, b: string): boolean =>
  ascii.test(a) && ascii.test(b) ? a < b : Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0

type MapSchema = ConstructorParameters<typeof avro.types.MapType>[0]
type TypeHook = NonNullable<ForSchemaOptions['typeHook']>

const ownMaps: TypeHook = (schema, options) =>
  isMapSchema(schema) ? new OrderedMapType(schema, options) : (undefined as unknown as Type)
const isMapSchema = (schema: unknown): schema is MapSchema =>
  typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'map'

const typeOf = (schema: string): Type => avro.Type.forSchema(JSON.parse(schema), { typeHook: ownMaps })
const readers = Object.fromEntries(eventTypes.map((name) => [name, typeOf(eventSchemas[name])])) as Record<
  EventType,
  Type
>

/**
 * The bytes of a Kafka message value for `event`.
 * @throws CodecError UNENCODABLE naming the first field that does not fit its schema.
 */
export function encodeEvent({ type, event }: HeadwaterEvent, ids: SchemaIds): Buffer {
  let body: Buffer
  try {
    body = readers[type].toBuffer(event)
  } catch (cause) {
    throw new CodecError('UNENCODABLE', `${type} ${describeMismatch(type, event)}`, { cause })
  }
  const framed = Buffer.allocUnsafe(headerLength + body.length)
  framed.writeUInt8(0, 0)
  framed.writeUInt32BE(ids[type], 1)
  body.copy(framed, headerLength)
  return framed
}

/** The path of each field of `value` that does not fit the `type` record; empty when all fit. */
export function mismatchPaths(type: EventType, value: unknown): readonly (readonly string[])[] {
  const paths: (readonly string[])[] = []
  readers[type].isValid(value, { errorHook: (path) => paths.push([...path]) })
  return paths
}

/** The same as texts. */
export const schemaMismatches = (type: EventType, value: unknown): readonly string[] =>
  mismatchPaths(type, value).map((path) => path.join('.'))

function describeMismatch(type: EventType, value: unknown): string {
  return `does not fit its schema at: ${schemaMismatches(type, value).join(', ') || '(unknown)'}`
}

/**
 * The schema id in a framed payload.
 * @throws CodecError NOT_FRAMED when the payload is not in the Confluent wire format.
 */
export function schemaIdOf(payload: Buffer): number {
  if (payload.length < headerLength) {
    throw new CodecError('NOT_FRAMED', `Payload of ${payload.length} bytes is too short for a schema id`)
  }
  if (payload[0] !== 0) {
    throw new CodecError('NOT_FRAMED', `Payload starts with byte ${payload[0]}, not with 0 and a schema id of 4 bytes`)
  }
  const id = payload.readUInt32BE(1)
  if (id === 0) throw new CodecError('NOT_FRAMED', 'Payload has a schema id of 8 bytes or none, not of 4 bytes')
  return id
}

type Reader = { readonly name: EventType; readonly type: Type; readonly resolver: unknown }

export interface Decoder {
  /** True when `learn` or `refuse` has been called for this id. */
  knows(schemaId: number): boolean
  /** Prepares to decode payloads of this id, given the writer's schema. An incompatible schema is remembered as such. */
  learn(schemaId: number, writerSchema: string): void
  /** Remembers that this id cannot be resolved, and why; `learn` may come later. */
  refuse(schemaId: number, reason: string): void
  /** True when `refuse` was called last for this id, not `learn`. */
  refuses(schemaId: number): boolean
  /** The record type of a payload whose schema id is that of this version's schema; undefined for any other payload. */
  currentType(payload: Buffer): EventType | undefined
  /** @throws CodecError with the reason why this payload cannot be decoded. */
  decode(payload: Buffer): HeadwaterEvent
}

// Types and resolvers are made once per schema id: making them per message is some 300 times slower than decoding.
export function createDecoder(): Decoder {
  const known = new Map<number, Reader | CodecError>()
  const refused = new Set<number>()
  return {
    knows: (schemaId) => known.has(schemaId),
    learn(schemaId, writerSchema) {
      known.set(schemaId, readerFor(schemaId, writerSchema))
      refused.delete(schemaId)
    },
    refuse(schemaId, reason) {
      known.set(schemaId, new CodecError('UNKNOWN_SCHEMA', reason))
      refused.add(schemaId)
    },
    refuses: (schemaId) => refused.has(schemaId),
    currentType(payload) {
      if (payload.length < headerLength || payload[0] !== 0) return undefined
      const reader = known.get(payload.readUInt32BE(1))
      if (reader === undefined || reader instanceof CodecError) return undefined
      return reader.resolver === undefined ? reader.name : undefined
    },
    decode(payload) {
      const schemaId = schemaIdOf(payload)
      const reader = known.get(schemaId)
      if (reader === undefined) throw new CodecError('UNKNOWN_SCHEMA', `Schema id ${schemaId} was never learned`)
      if (reader instanceof CodecError) throw reader
      return decodeBody(reader, payload)
    },
  }
}

function readerFor(schemaId: number, writerSchema: string): Reader | CodecError {
  try {
    const writer = typeOf(writerSchema)
    const name = eventTypes.find((candidate) => readers[candidate].name === writer.name)
    if (name === undefined) {
      return new CodecError(
        'INCOMPATIBLE_SCHEMA',
        `Schema id ${schemaId} is ${writer.name ?? 'no record'}, not an event`,
      )
    }
    const same = JSON.stringify(readers[name].schema()) === JSON.stringify(writer.schema())
    return { name, type: readers[name], resolver: same ? undefined : readers[name].createResolver(writer) }
  } catch (cause) {
    const reason = mismatchOf(writerSchema) ?? (cause instanceof Error ? cause.message : String(cause))
    return new CodecError('INCOMPATIBLE_SCHEMA', `Schema id ${schemaId} cannot be read: ${reason}`, { cause })
  }
}

/** The first field of a writer's schema that cannot be read, and why; undefined where the schema itself is invalid. */
function mismatchOf(writerSchema: string): string | undefined {
  try {
    const writer = typeOf(writerSchema)
    const reader = Object.values(readers).find(({ name }) => name === writer.name)
    return reader && fieldMismatch(reader, writer)
  } catch {
    return undefined
  }
}

function fieldMismatch(reader: Type, writer: Type): string | undefined {
  if (!(reader instanceof avro.types.RecordType && writer instanceof avro.types.RecordType)) return undefined
  for (const { name, type, defaultValue } of reader.fields) {
    const written = writer.fields.find((field) => field.name === name)
    if (written === undefined && defaultValue() === undefined) return `field ${name} is missing`
    try {
      if (written !== undefined) type.createResolver(written.type)
    } catch (cause) {
      const inner = written && fieldMismatch(type, written.type)
      return inner === undefined ? `field ${name}: ${(cause as Error).message}` : inner.replace(/^field /, `$&${name}.`)
    }
  }
  return undefined
}

function decodeBody({ name, type, resolver }: Reader, payload: Buffer): HeadwaterEvent {
  let decoded: { value: unknown; offset: number }
  try {
    decoded = type.decode(payload, headerLength, resolver as never)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new CodecError('UNDECODABLE', `${name} cannot be decoded: ${reason}`, { cause })
  }
  if (decoded.offset !== payload.length) {
    const what = decoded.offset < 0 ? 'is truncated' : `has ${payload.length - decoded.offset} trailing bytes`
    throw new CodecError('UNDECODABLE', `${name} ${what}`)
  }
  return { type: name, event: decoded.value } as HeadwaterEvent
}
