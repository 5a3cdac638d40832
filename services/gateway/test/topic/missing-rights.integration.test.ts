import { connectSchemaRegistry } from '@headwater/schemas'
import {
  eventually,
  GatewayProcess,
  type GuardedKafka,
  ProjectorProcess,
  startGuardedKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openLineageRun } from '../events/open-lineage-run.ts'

let broker: GuardedKafka
const [topic, deadLetters, source, group] = ['events', 'dead', 'source', 'group'].map(uniqueName) as [
  string,
  ...string[],
]

beforeAll(async () => {
  broker = await startGuardedKafka()
  const admin = broker.kafka.admin()
  await admin.connect()
  await admin.createTopics({
    topics: [topic, deadLetters!, source!].map((name) => ({ topic: name, numPartitions: 2 })),
  })
  await admin.disconnect()
})
afterAll(() => broker?.stop())

type Ready = { readonly openLineageTopic: { readonly state: string; readonly since: string; readonly reason?: string } }

async function consumerOf(gateway: GatewayProcess): Promise<Ready['openLineageTopic']> {
  const response = await fetch(`${gateway.url}/readyz`)
  expect(response.status).toBe(200) // requests do not depend on the consumer
  return ((await response.json()) as Ready).openLineageTopic
}

it('the gateway names each right that its consumer lacks, accepts requests meanwhile, and consumes once it is granted', async () => {
  const write = { operation: 'WRITE', on: 'TOPIC' } as const
  await broker.grant({ ...write, name: topic }, { ...write, name: deadLetters! })
  const env = { ...broker.env, GATEWAY_OPENLINEAGE_TOPIC: source!, GATEWAY_GROUP: group!, KAFKA_CREATE_TOPICS: 'true' }
  const gateway = new GatewayProcess({ stack: testStack(), topic, deadLetters: deadLetters!, env })
  try {
    await gateway.start()
    await eventually(async () => expect(await consumerOf(gateway)).toMatchObject({ state: 'refused' }), 30_000)
    expect((await consumerOf(gateway)).reason).toContain(
      `--operation Create --topic ${source}. If it exists, it is invisible`,
    )
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text()
    expect(metrics).toContain('headwater_gateway_topic_consumer_state{state="refused"} 1')
    await broker.grant({ operation: 'READ', on: 'TOPIC', name: source! })
    await eventually(async () => {
      const grant = `Grant it to the principal of this service: kafka-acls.sh --add --allow-principal User:... --operation Read --group ${group}`
      expect((await consumerOf(gateway)).reason).toContain(grant)
    }, 30_000)
    await broker.grant({ operation: 'READ', on: 'GROUP', name: group! })
    await eventually(async () => expect(await consumerOf(gateway)).toMatchObject({ state: 'consuming' }), 60_000)
    const producer = broker.kafka.producer()
    await producer.connect()
    await producer.send({ topic: source!, messages: [{ value: JSON.stringify(openLineageRun('load')) }] })
    await producer.disconnect()
    const counted = /headwater_gateway_events_total\{source="topic",result="accepted"\} 1/
    await eventually(async () => expect(await (await fetch(`${gateway.url}/metrics`)).text()).toMatch(counted), 30_000)
  } finally {
    expect(await gateway.stop()).toBe(0)
  }
}, 180_000)

it('a projector that may not join its group, or not read its topic, ends with the command that grants it', async () => {
  await connectSchemaRegistry({ url: testStack().schemaRegistryUrl }).register(topic)
  const ends: string[] = []
  const projector = new ProjectorProcess({
    ...{ stack: testStack(), topic, deadLetters: deadLetters!, database: uniqueName('rights'), groupId: 'forbidden' },
    env: broker.env,
    onUnexpectedEnd: (how) => ends.push(how),
  })
  projector.start()
  await eventually(() => expect(ends).toEqual(['ended by itself with 1']), 60_000)
  expect(projector.output).toMatch(
    /^headwater projector: Kafka refuses Read on group .*--operation Read --group forbidden$/m,
  )
  await broker.grant({ operation: 'READ', on: 'GROUP', name: 'forbidden' })
  projector.start()
  await eventually(() => expect(ends).toHaveLength(2), 60_000)
  expect(projector.output).toMatch(
    /^headwater projector: Kafka refuses Read on topic .*--operation Read --topic events_\w+$/m,
  )
}, 150_000)
