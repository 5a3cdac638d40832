// The TypeScript of schemas/src/events.ts, made from Avro schema texts: a readonly type per record, a union of
// literals per enum, `T | null` for ["null", T], number for long, int, double and timestamps (epoch milliseconds),
// string for uuid. An array of all schemas as JSON texts closes the file, so that the package needs no files at run time.

type Avro = string | readonly Avro[] | AvroObject
type AvroObject = {
  readonly type: Avro
  readonly name?: string
  readonly doc?: string
  readonly items?: Avro
  readonly values?: Avro
  readonly symbols?: readonly string[]
  readonly fields?: readonly { readonly name: string; readonly type: Avro; readonly doc?: string }[]
}

const primitives: Readonly<Record<string, string>> = {
  null: 'null',
  string: 'string',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  float: 'number',
  double: 'number',
}

/** @throws Error when two schemas define the same name differently, or use a type the generator does not know. */
export function eventTypesSource(schemas: readonly string[]): string {
  const declared = new Map<string, string>()
  const parsed = schemas.map((text) => JSON.parse(text) as AvroObject)
  for (const schema of parsed) typeName(schema, declared)
  const constants = parsed.map(
    (schema) => `export const ${camel(schema.name ?? '')}Schema = ${quoted(JSON.stringify(schema))}\n`,
  )
  return `// Generated from schemas/avro by \`npm run generate\`; do not edit.\n\n${[...declared.values(), ...constants].join('\n')}`
}

function typeName(schema: Avro, declared: Map<string, string>): string {
  if (typeof schema === 'string') return primitives[schema] ?? schema
  if (Array.isArray(schema))
    return schema
      .map((branch) => typeName(branch, declared))
      .reverse()
      .join(' | ')
  const object = schema as AvroObject
  switch (object.type) {
    case 'record':
      return declare(object, declared, () => recordSource(object, declared))
    case 'enum':
      return declare(object, declared, () => enumSource(object))
    case 'array':
      return `readonly ${bracketed(typeName(object.items ?? 'null', declared))}[]`
    case 'map':
      return `Readonly<Record<string, ${typeName(object.values ?? 'null', declared)}>>`
    default:
      if (typeof object.type === 'string' && !(object.type in primitives))
        throw new Error(`Unknown type ${object.type}`)
      return typeName(object.type, declared)
  }
}

function declare(schema: AvroObject, declared: Map<string, string>, source: () => string): string {
  const name = schema.name ?? ''
  const text = source()
  const earlier = declared.get(name)
  if (earlier !== undefined && earlier !== text) throw new Error(`${name} is defined twice, and differently`)
  declared.set(name, text)
  return name
}

function recordSource(schema: AvroObject, declared: Map<string, string>): string {
  const fields = (schema.fields ?? []).map(
    (field) => `${doc(field.doc, '  ')}  readonly ${field.name}: ${typeName(field.type, declared)}\n`,
  )
  return `${doc(schema.doc, '')}export type ${schema.name} = {\n${fields.join('')}}\n`
}

function enumSource(schema: AvroObject): string {
  return `${doc(schema.doc, '')}export type ${schema.name} = ${(schema.symbols ?? []).map((s) => `'${s}'`).join(' | ')}\n`
}

const doc = (text: string | undefined, indent: string) => (text === undefined ? '' : `${indent}/** ${text} */\n`)
const bracketed = (type: string) => (type.includes(' ') ? `(${type})` : type)
const camel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)
const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
