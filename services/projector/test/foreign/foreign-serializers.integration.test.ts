import { encodeEvent, eventSchemas, type HeadwaterEvent, headerLength } from '@headwater/schemas'
import {
  buildAssetEvent,
  buildMaterialization,
  eventually,
  JavaClients,
  readTopic,
  sendEvents,
  testKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Projected, withProjector } from './with-projector.ts'

let java: JavaClients
beforeAll(async () => {
  java = await JavaClients.start(testStack())
  await java.producer('java', { 'linger.ms': 0 })
})
afterAll(() => java.stop())

const names = ['rows', 'bytes', 'alpha', 'Beta', 'zeta', 'größe', '10', '9', 'a.b', 'duration_ms']
const mapOf = <T>(value: (n: number) => T) => Object.fromEntries(names.map((name, n) => [name, value(n)]))
const run = buildMaterialization({
  inputs: ['s3://in/b', 's3://in/a'],
  outputs: [{ key: 's3://out', metrics: mapOf((n) => n / 2), metadata: mapOf((n) => JSON.stringify({ n })) }],
  metadata: mapOf((n) => String(n)),
  error: null,
})
const stated = buildAssetEvent({
  key: 's3://out',
  change: 'STATED',
  metadata: mapOf((n) => String(n)),
  metrics: mapOf((n) => n),
})

type Field = { readonly name: string; readonly type: unknown; readonly default?: unknown }
type Schema = { readonly fields: readonly Field[] }
type Change = (schema: Schema) => unknown

/** As Java's compiler of schemas marks each string. */
function javaStrings(schema: unknown): unknown {
  const marked = { type: 'string', 'avro.java.string': 'String' }
  if (schema === 'string') return marked
  if (Array.isArray(schema)) return schema.map(javaStrings)
  if (typeof schema !== 'object' || schema === null) return schema
  if ('type' in schema && schema.type === 'string' && !('name' in schema)) return { ...schema, ...marked }
  const typed = ['type', 'items', 'values', 'fields']
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, typed.includes(name) ? javaStrings(value) : value]),
  )
}

/** The same records as producers of other versions and languages register them. */
const changes: Readonly<Record<string, Change>> = {
  'the same': (schema) => schema,
  'strings of Java': javaStrings,
  'other words and aliases': (schema) => ({
    ...schema,
    doc: 'Written by another team',
    aliases: ['Earlier'],
    fields: schema.fields.map((field) => ({ ...field, doc: 'x' })),
  }),
  'an older version': ({ fields, ...rest }) => ({
    ...rest,
    fields: fields.filter(({ name }) => !['by', 'error', 'root', 'renamedTo'].includes(name)),
  }),
  'a newer version': ({ fields, ...rest }) => ({
    ...rest,
    fields: [...fields, { name: 'later', type: ['null', 'string'], default: null }],
  }),
  'unions the other way round': ({ fields, ...rest }) => ({
    ...rest,
    fields: fields.map(({ default: _, ...field }) =>
      Array.isArray(field.type) && field.type.length === 2 ? { ...field, type: field.type.toReversed() } : field,
    ),
  }),
}

/** Registers a schema as the serializers of Java and Python do. @returns its id */
async function register(subject: string, schema: string): Promise<number> {
  const response = await fetch(`${testStack().schemaRegistryUrl}/subjects/${encodeURIComponent(subject)}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema }),
  })
  if (!response.ok) throw new Error(`${subject}: ${await response.text()}`)
  return ((await response.json()) as { id: number }).id
}

const headerOf = (id: number): Buffer => {
  const header = Buffer.alloc(headerLength)
  header.writeUInt32BE(id, 1)
  return header
}

async function countsOf({ client }: Projected): Promise<object> {
  const counts: Record<string, number> = {}
  for (const table of ['run_facts', 'asset_facts']) {
    const query = `SELECT count() AS n, uniqExact(fact_id) AS facts FROM ${table} FINAL`
    const [row] = await (await client.query({ query, format: 'JSONEachRow' })).json<{ n: string; facts: string }>()
    counts[table] = Number(row?.n)
    counts[`${table}, by content`] = Number(row?.facts)
  }
  return counts
}

it(
  'folds an event once, whichever language, serializer, subject and version of the schema it was sent with',
  () =>
    withProjector(async (projected) => {
      const { topic, ids } = projected
      const events: readonly HeadwaterEvent[] = [run, stated]
      await sendEvents(topic, events)
      const statedFacts = names.length * 2 // one for each entry
      const expected = {
        ...{ run_facts: 1, 'run_facts, by content': 1, asset_facts: statedFacts, 'asset_facts, by content': 1 },
      }
      await eventually(async () => expect(await countsOf(projected)).toEqual(expected), 60_000)
      let sent = 0
      for (const event of events) {
        const schema = eventSchemas[event.type]
        const body = encodeEvent(event, ids).subarray(headerLength)
        for (const [name, change] of Object.entries(changes)) {
          const writer = JSON.stringify(change(JSON.parse(schema) as Schema))
          for (const subject of [`${topic}-value`, `headwater.${event.type}`, `${topic}-headwater.${event.type}`]) {
            const ownSubject = name === 'the same' && subject !== `${topic}-value` ? subject : uniqueName(subject)
            const id = await register(ownSubject, writer)
            for (const inBlocks of [false, true])
              await java.sendAvro('java', topic, { header: headerOf(id), body, schema, writer, inBlocks })
            sent += 2
          }
        }
      }
      expect(await java.flush('java')).toHaveLength(sent)
      const last = buildMaterialization({ job: 'the last' })
      await sendEvents(topic, [last])
      await eventually(async () => expect(await projected.jobs()).toContain('the last'), 60_000)
      expect(await countsOf(projected)).toEqual({ ...expected, run_facts: 2, 'run_facts, by content': 2 })
      expect(await readTopic(testKafka(), projected.deadLetters)).toEqual([])
    }),
  120_000,
)

it('says of records with the schema id elsewhere what it found in its place', () =>
  withProjector(async ({ topic, ids, deadLetters, jobs }) => {
    const framed = encodeEvent(run, ids)
    const body = framed.subarray(headerLength)
    const guid = Buffer.concat([Buffer.from([1]), Buffer.alloc(16, 7)])
    const eightBytes = Buffer.concat([Buffer.alloc(8), Buffer.from([1])])
    const values = [body, Buffer.concat([guid, body]), Buffer.concat([eightBytes, body]), framed]
    await java.send(
      'java',
      topic,
      values.map((value) => ({ value })),
    )
    await java.flush('java')
    await eventually(async () => expect(await jobs()).toHaveLength(1), 60_000)
    const letters = await readTopic(testKafka(), deadLetters)
    const reasons = letters.map(({ headers }) => `${headers['headwater-reason-code']}: ${headers['headwater-reason']}`)
    expect(reasons.sort()).toEqual([
      'NOT_FRAMED: Payload has a schema id of 8 bytes or none, not of 4 bytes',
      'NOT_FRAMED: Payload starts with byte 1, not with 0 and a schema id of 4 bytes',
      'NOT_FRAMED: Payload starts with byte 72, not with 0 and a schema id of 4 bytes',
    ])
  }))
