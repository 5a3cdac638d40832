import { randomUUID } from 'node:crypto'
import type { StackAddresses } from '@headwater/local'
import { connectSchemaRegistry, encodeEvent, type SchemaIds } from '@headwater/schemas'
import { testKafka } from '@headwater/testing'

const models = 20_000
const chunk = 2_000

/** A run of one of 20,000 warehouse models: one event, two inputs, one output, one metric; some 330 bytes of Avro. */
function runEvent(number: number, now: number, isRich: boolean) {
  const model = number % models
  const table = (layer: string, index: number) => `postgres://db.internal/warehouse/${layer}/table_${index % models}`
  return {
    eventId: randomUUID(),
    occurredAt: now,
    producer: 'benchmark/1',
    runId: randomUUID(),
    job: { namespace: 'warehouse', name: `model_${model}`, type: 'model' },
    state: 'SUCCEEDED' as const,
    startedAt: now - 1_000,
    nominalStart: null,
    nominalEnd: null,
    parent: null,
    root: null,
    by: 'dbt',
    error: null,
    inputs: [1, 2].map((step) => ({ key: table('staging', model * 7 + step), properties: null })),
    outputs: [
      {
        key: table('marts', model),
        inputs: null,
        properties: null,
        metadata: {},
        metrics: { rows: model },
        schema: null,
        columnLineage: [],
        checks: [],
      },
    ],
    metadata: isRich ? { rowsRead: String(number) } : {},
  }
}

/** A message of the log for the event of this number. */
export function message(number: number, now: number, ids: SchemaIds, isRich = false): { key: string; value: Buffer } {
  const event = runEvent(number, now, isRich)
  return { key: event.runId, value: encodeEvent({ type: 'MaterializationEvent', event }, ids) }
}

/** Fills `topic` with `count` events. @param isRich each with metadata of its run @returns bytes an event, on average */
export async function fillTopic(stack: StackAddresses, topic: string, count: number, isRich: boolean): Promise<number> {
  const ids = await connectSchemaRegistry({ url: stack.schemaRegistryUrl }).register(topic)
  const producer = testKafka(stack).producer({ allowAutoTopicCreation: false })
  await producer.connect()
  let bytes = 0
  for (let start = 0; start < count; start += chunk) {
    const size = Math.min(chunk, count - start)
    const messages = Array.from({ length: size }, (_, index) => message(start + index, Date.now(), ids, isRich))
    bytes += messages.reduce((sum, { value }) => sum + value.length, 0)
    await producer.send({ topic, acks: -1, messages })
  }
  await producer.disconnect()
  return bytes / count
}
