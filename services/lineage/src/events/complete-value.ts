import { type JsonProblem, jsonPointer } from './json-problem.ts'

// A part of an Avro schema as its JSON says it; what is not needed here is left out.
type AvroSchema = string | AvroSchema[] | AvroType
type AvroType = {
  readonly type: AvroSchema
  readonly name?: string
  readonly logicalType?: string
  readonly fields?: readonly AvroField[]
  readonly items?: AvroSchema
  readonly values?: AvroSchema
}
type AvroField = { readonly name: string; readonly type: AvroSchema; readonly default?: unknown }
type Names = Map<string, AvroType>

/** A schema, read once. */
export type ParsedSchema = { readonly schema: AvroType; readonly names: Names }

/** @param text Avro schema as JSON */
export function parseSchema(text: string): ParsedSchema {
  const schema = JSON.parse(text) as AvroType
  const names: Names = new Map()
  learnNames(schema, names)
  return { schema, names }
}

/** A value made whole, and what could not be. */
export type Completed = { readonly value: unknown; readonly problems: readonly JsonProblem[] }

/**
 * Fills in what a person may leave out of a record: defaults of the schema; a plain text where a record with a `key` is meant;
 * ISO text where a time is; any JSON where a map of texts is.
 */
export function completeValue({ schema, names }: ParsedSchema, value: unknown): Completed {
  const problems: JsonProblem[] = []
  return { value: complete(schema, value, [], { names, problems }), problems }
}

const unknownSymbol = 'UNKNOWN' // what readers make of symbols they do not know; nobody means it

type Work = { readonly names: Names; readonly problems: JsonProblem[] }
type Path = readonly string[]

function learnNames(schema: AvroSchema | undefined, names: Names): void {
  if (schema === undefined || typeof schema === 'string') return
  if (Array.isArray(schema)) {
    for (const each of schema) learnNames(each, names)
    return
  }
  if (schema.name !== undefined) names.set(schema.name, schema)
  for (const field of schema.fields ?? []) learnNames(field.type, names)
  for (const inner of [schema.items, schema.values]) learnNames(inner, names)
  if (typeof schema.type === 'object') learnNames(schema.type, names)
}

function complete(schema: AvroSchema, value: unknown, path: Path, work: Work): unknown {
  if (Array.isArray(schema)) {
    const branch = schema.find((each) => each !== 'null')
    return value === null || branch === undefined ? value : complete(branch, value, path, work)
  }
  const type = typeof schema === 'string' ? work.names.get(schema) : schema
  if (type === undefined) return value
  if (type.logicalType === 'timestamp-millis') return completeTime(value, path, work)
  if (type.type === 'record') return completeRecord(type, value, path, work)
  if (type.type === 'array' && Array.isArray(value)) {
    return value.map((item, index) => complete(type.items ?? 'null', item, [...path, String(index)], work))
  }
  if (type.type === 'map' && type.values === 'string' && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, typeof each === 'string' ? each : JSON.stringify(each)]),
    )
  }
  return value
}

function completeTime(value: unknown, path: Path, { problems }: Work): unknown {
  if (typeof value !== 'string') return value
  const time = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(time)) problems.push(problemAt(path, 'is no ISO 8601 time'))
  return time
}

function completeRecord(type: AvroType, value: unknown, path: Path, work: Work): unknown {
  const fields = type.fields ?? []
  const given = typeof value === 'string' && fields[0]?.name === 'key' ? { key: value } : value
  if (!isObject(given)) return value
  for (const name of Object.keys(given)) {
    if (fields.some((field) => field.name === name)) continue
    const known = fields.map((field) => field.name).join(', ')
    work.problems.push(problemAt([...path, name], `is no field; there are ${known}`))
  }
  const entries = fields.flatMap((field): [string, unknown][] => {
    const at = [...path, field.name]
    const own = given[field.name]
    if (own !== undefined) return [[field.name, complete(field.type, own, at, work)]]
    if ('default' in field && field.default !== unknownSymbol) return [[field.name, field.default]]
    work.problems.push(problemAt(at, 'is missing'))
    return []
  })
  return Object.fromEntries(entries)
}

const problemAt = (path: Path, what: string): JsonProblem => ({
  pointer: jsonPointer(path),
  detail: `${path.join('.')} ${what}`,
})

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
