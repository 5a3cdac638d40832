import { type JsonProblem, jsonPointer } from './json-problem.ts'

// The parts of an Avro schema in JSON that are needed here.
type AvroSchema = string | AvroSchema[] | AvroType
type AvroType = {
  readonly type: AvroSchema
  readonly name?: string
  readonly logicalType?: string
  readonly fields?: readonly AvroField[]
  readonly symbols?: readonly string[]
  readonly items?: AvroSchema
  readonly values?: AvroSchema
}
type AvroField = { readonly name: string; readonly type: AvroSchema; readonly default?: unknown }
type Names = Map<string, AvroType>

/** A parsed schema. */
export type ParsedSchema = { readonly schema: AvroType; readonly names: Names }

/** @param text Avro schema as JSON */
export function parseSchema(text: string): ParsedSchema {
  const schema = JSON.parse(text) as AvroType
  const names: Names = new Map()
  collectNames(schema, names)
  return { schema, names }
}

/** A completed value, and the problems of the parts that could not be completed. */
export type Completed = { readonly value: unknown; readonly problems: readonly JsonProblem[] }

/**
 * Completes a value that a person wrote: adds defaults of the schema, and accepts a text for a record that starts with `key`, an ISO 8601
 * text for a time, and any JSON for a map of texts.
 */
export function completeValue({ schema, names }: ParsedSchema, value: unknown): Completed {
  const problems: JsonProblem[] = []
  return { value: complete(schema, value, [], { names, problems }), problems }
}

const unknownSymbol = 'UNKNOWN' // the default of enums when reading; not a default when writing

type Work = { readonly names: Names; readonly problems: JsonProblem[] }
type Path = readonly string[]

function collectNames(schema: AvroSchema | undefined, names: Names): void {
  if (schema === undefined || typeof schema === 'string') return
  if (Array.isArray(schema)) {
    for (const each of schema) collectNames(each, names)
    return
  }
  if (schema.name !== undefined) names.set(schema.name, schema)
  for (const field of schema.fields ?? []) collectNames(field.type, names)
  for (const inner of [schema.items, schema.values]) collectNames(inner, names)
  if (typeof schema.type === 'object') collectNames(schema.type, names)
}

function complete(schema: AvroSchema, value: unknown, path: Path, work: Work): unknown {
  if (Array.isArray(schema)) {
    const branch = schema.find((each) => each !== 'null')
    return value === null || branch === undefined ? value : complete(branch, value, path, work)
  }
  const type = typeof schema === 'string' ? work.names.get(schema) : schema
  if (type === undefined) return value
  if (type.logicalType === 'timestamp-millis') return completeTime(value, path, work)
  if (type.symbols !== undefined) checkSymbol(type.symbols, value, path, work)
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
  if (Number.isNaN(time))
    problems.push(problemAt(path, `${path.join('.')} must be an ISO 8601 time, e.g. 2026-01-15T12:00:00Z`))
  return time
}

function checkSymbol(symbols: readonly string[], value: unknown, path: Path, { problems }: Work): void {
  if (symbols.some((symbol) => symbol === value)) return
  const known = symbols.filter((symbol) => symbol !== unknownSymbol).join(', ')
  problems.push(problemAt(path, `${path.join('.')} must be one of ${known}`))
}

function completeRecord(type: AvroType, value: unknown, path: Path, work: Work): unknown {
  const fields = type.fields ?? []
  const given = typeof value === 'string' && fields[0]?.name === 'key' ? { key: value } : value
  if (!isObject(given)) return value
  for (const name of Object.keys(given)) {
    if (fields.some((field) => field.name === name)) continue
    const known = fields.map((field) => field.name).join(', ')
    const at = [...path, name]
    work.problems.push(problemAt(at, `unknown field \`${at.join('.')}\`; known fields: ${known}`))
  }
  const entries = fields.flatMap((field): [string, unknown][] => {
    const at = [...path, field.name]
    const own = given[field.name]
    if (own !== undefined) return [[field.name, complete(field.type, own, at, work)]]
    if ('default' in field && field.default !== unknownSymbol) return [[field.name, field.default]]
    work.problems.push(problemAt(at, `${at.join('.')} is missing`))
    return []
  })
  return Object.fromEntries(entries)
}

const problemAt = (path: Path, detail: string): JsonProblem => ({ pointer: jsonPointer(path), detail })

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
