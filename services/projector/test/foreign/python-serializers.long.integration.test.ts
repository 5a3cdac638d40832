import { encodeEvent, eventSchemas, type HeadwaterEvent, headerLength } from '@headwater/schemas'
import {
  buildAssetEvent,
  buildMaterialization,
  eventually,
  isWithoutPython,
  readTopic,
  runKafkaPython,
  sendEvents,
  testKafka,
  testStack,
} from '@headwater/testing'
import { expect, it } from 'vitest'
import { type Projected, withProjector } from './with-projector.ts'

const names = ['rows', 'alpha', 'Beta', 'größe', '10', '9', 'duration_ms']
const mapOf = <T>(value: (n: number) => T) => Object.fromEntries(names.map((name, n) => [name, value(n)]))
const events: readonly HeadwaterEvent[] = [
  buildMaterialization({
    inputs: ['s3://in/b', 's3://in/a'],
    outputs: [{ key: 's3://out', metrics: mapOf((n) => n / 2), metadata: mapOf((n) => JSON.stringify({ n })) }],
    metadata: mapOf(String),
    error: null,
  }),
  buildAssetEvent({ key: 's3://out', change: 'STATED', metadata: mapOf(String), metrics: mapOf((n) => n) }),
]

type Schema = { readonly fields: readonly { readonly name: string }[] }

/** The schemas of producers of this version, an older and a newer one; none changes what these events state. */
function variantsOf(schema: string) {
  const { fields, ...rest } = JSON.parse(schema) as Schema
  const later = { name: 'later', type: ['null', 'string'], default: null }
  return {
    'the same': schema,
    older: JSON.stringify({
      ...rest,
      fields: fields.filter(({ name }) => !['by', 'error', 'root', 'renamedTo'].includes(name)),
    }),
    newer: JSON.stringify({ ...rest, fields: [...fields, later] }),
  }
}

async function countsOf({ client }: Projected): Promise<object> {
  const counts: Record<string, number> = {}
  for (const table of ['run_facts', 'asset_facts']) {
    const query = `SELECT count() AS n FROM ${table} FINAL`
    const [row] = await (await client.query({ query, format: 'JSONEachRow' })).json<{ n: string }>()
    counts[table] = Number(row?.n)
  }
  return counts
}

it.skipIf(isWithoutPython)(
  "folds an event once that Python's AvroSerializer and fastavro send, with every subject strategy and way to register",
  () =>
    withProjector(async (projected) => {
      const { topic, ids } = projected
      await sendEvents(topic, events)
      const expected = { run_facts: 1, asset_facts: names.length * 2 }
      await eventually(async () => expect(await countsOf(projected)).toEqual(expected), 60_000)
      const { kafkaBrokers: brokers, schemaRegistryUrl: registry } = testStack()
      const given = events.map((event) => ({
        schema: eventSchemas[event.type],
        body: encodeEvent(event, ids).subarray(headerLength).toString('hex'),
        variants: variantsOf(eventSchemas[event.type]),
      }))
      const sent = await runKafkaPython<number>('send_avro.py', { brokers, registry, topic, events: given })
      const [subjects, registrations] = [3 + 2 + 2, 3] // the subject of a record alone is that of every topic
      expect(sent).toBe(events.length * (subjects * registrations + 3))
      await sendEvents(topic, [buildMaterialization({ job: 'the last' })])
      await eventually(async () => expect(await projected.jobs()).toContain('the last'), 60_000)
      expect(await countsOf(projected)).toEqual({ ...expected, run_facts: 2 })
      expect(await readTopic(testKafka(), projected.deadLetters)).toEqual([])
    }),
  180_000,
)
