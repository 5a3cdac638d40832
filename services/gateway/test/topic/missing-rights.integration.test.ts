import { findTopicProblems } from '@headwater/kafka'
import { connectSchemaRegistry } from '@headwater/schemas'
import {
  eventually,
  GatewayProcess,
  type GuardedKafka,
  ProjectorProcess,
  readTopic,
  startGuardedKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { openLineageRun } from '../events/open-lineage-run.ts'

let broker: GuardedKafka
const [topic, deadLetters, source, group, unwritable] = ['events', 'dead', 'source', 'group', 'unwritable'].map(
  uniqueName,
) as [string, ...string[]]

beforeAll(async () => {
  broker = await startGuardedKafka()
  const admin = broker.kafka.admin()
  await admin.connect()
  await admin.createTopics({
    topics: [topic, deadLetters!, source!, unwritable!].map((name) => ({ topic: name, numPartitions: 2 })),
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

async function send(...messages: readonly { readonly value: string }[]): Promise<void> {
  const producer = broker.kafka.producer()
  await producer.connect()
  await producer.send({ topic: source!, messages: [...messages] })
  await producer.disconnect()
}

const toWrite = (name: string) =>
  `Kafka refuses Write on topic ${name} (TOPIC_AUTHORIZATION_FAILED). Grant it to User:limited: kafka-acls.sh --add --allow-principal User:limited --operation Write --topic ${name}`

it('the check of topics names the right that it lacks on a broker with an authorizer, and checks once it is granted', async () => {
  const checked = uniqueName('checked')
  const superuser = broker.kafka.admin()
  await superuser.connect()
  await superuser.createTopics({ topics: [{ topic: checked }] })
  await superuser.disconnect()
  const { KAFKA_BROKERS = '', KAFKA_USERNAME: username = '', KAFKA_PASSWORD: password = '' } = broker.env
  const sasl = { mechanism: 'plain', username, password } as const
  const admin = new Kafka({ brokers: [KAFKA_BROKERS], sasl, logLevel: logLevel.NOTHING }).admin()
  onTestFinished(() => admin.disconnect())
  await Promise.all([admin.connect(), broker.grant({ operation: 'DESCRIBE', on: 'TOPIC', name: checked })])
  const topics = [{ name: checked, use: 'events' }] as const
  const find = () => findTopicProblems(admin, topics, { bootstrapServer: 'kafka:9092' })
  const command = `kafka-acls.sh --bootstrap-server kafka:9092 --add --allow-principal User:<name> --operation Describe --operation DescribeConfigs --topic ${checked}`
  await eventually(async () => {
    const reason = `this user lacks the right DescribeConfigs on the topic. Grant it with: ${command}`
    expect(await find()).toEqual({ problems: [], unchecked: [{ topic: checked, reason }] })
  })
  await broker.grant({ operation: 'DESCRIBE_CONFIGS', on: 'TOPIC', name: checked })
  await eventually(async () => {
    const { problems, unchecked } = await find()
    expect(unchecked).toEqual([])
    expect(problems.map(({ setting }) => setting)).toContain('message.timestamp.type')
  })
})

it('the gateway answers 503 with the right to write that it lacks, and stores the same event once it is granted', async () => {
  await broker.grant(
    { operation: 'DESCRIBE', on: 'TOPIC', name: topic },
    { operation: 'DESCRIBE', on: 'TOPIC', name: deadLetters! },
  )
  const env = { ...broker.env, GATEWAY_DEADLINE_MS: '1000' }
  const gateway = new GatewayProcess({ stack: testStack(), topic, deadLetters: deadLetters!, env })
  onTestFinished(() => gateway.kill())
  await gateway.start()
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify(openLineageRun('load'))
  const post = () => fetch(`${gateway.url}/api/v1/lineage`, { method: 'POST', headers, body })
  const refused = await post()
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toMatch(/^[12]$/)
  const problem = {
    title: 'Event log unavailable',
    code: 'LOG_UNAVAILABLE',
    detail: `${toWrite(topic)}. Retrying is safe`,
  }
  expect(await refused.json()).toMatchObject(problem)
  await eventually(async () => {
    const ready = await fetch(`${gateway.url}/readyz`)
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({ code: 'NOT_READY', detail: toWrite(topic) })
  })
  expect(gateway.output).toContain(toWrite(topic))
  await broker.grant({ operation: 'WRITE', on: 'TOPIC', name: topic })
  await eventually(async () => expect((await post()).status).toBe(201), 30_000)
  expect(await gateway.stop()).toBe(0)
}, 120_000)

it('the gateway names each right that its consumer lacks, accepts requests meanwhile, and consumes once it is granted', async () => {
  await broker.grant(
    { operation: 'WRITE', on: 'TOPIC', name: topic },
    { operation: 'DESCRIBE', on: 'TOPIC', name: deadLetters! },
  )
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
      const grant = `Grant it to User:limited: kafka-acls.sh --add --allow-principal User:limited --operation Read --group ${group}`
      expect((await consumerOf(gateway)).reason).toContain(grant)
    }, 30_000)
    await broker.grant({ operation: 'READ', on: 'GROUP', name: group! })
    await eventually(async () => expect(await consumerOf(gateway)).toMatchObject({ state: 'consuming' }), 60_000)
    await send({ value: JSON.stringify(openLineageRun('load')) })
    const counted = /headwater_gateway_events_total\{source="topic",result="accepted"\} 1/
    await eventually(async () => expect(await (await fetch(`${gateway.url}/metrics`)).text()).toMatch(counted), 30_000)
    await send({ value: 'no json' })
    await eventually(async () => {
      expect(await consumerOf(gateway)).toMatchObject({ state: 'refused', reason: toWrite(deadLetters!) })
    }, 60_000)
    await broker.grant({ operation: 'WRITE', on: 'TOPIC', name: deadLetters! })
    await eventually(async () => expect(await readTopic(broker.kafka, deadLetters!)).toHaveLength(1), 60_000)
    await eventually(async () => expect(await consumerOf(gateway)).toMatchObject({ state: 'consuming' }), 60_000)
  } finally {
    expect(await gateway.stop()).toBe(0)
  }
}, 180_000)

it('a projector that may not join its group, not read its topic, or not write dead letters, ends with the command that grants it', async () => {
  await connectSchemaRegistry({ url: testStack().schemaRegistryUrl }).register(topic)
  const ends: string[] = []
  const projector = new ProjectorProcess({
    ...{ stack: testStack(), topic, deadLetters: unwritable!, database: uniqueName('rights'), groupId: 'forbidden' },
    env: broker.env,
    onUnexpectedEnd: (how) => ends.push(how),
  })
  await broker.grant(
    { operation: 'DESCRIBE', on: 'TOPIC', name: topic },
    { operation: 'DESCRIBE', on: 'TOPIC', name: unwritable! },
  )
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
  await broker.grant({ operation: 'READ', on: 'TOPIC', name: topic })
  const producer = broker.kafka.producer()
  await producer.connect()
  await producer.send({ topic, messages: [{ value: 'no event' }] })
  await producer.disconnect()
  projector.start()
  await eventually(() => expect(ends).toHaveLength(3), 60_000)
  expect(projector.output).toContain(`headwater projector: ${toWrite(unwritable!)}`)
}, 150_000)
