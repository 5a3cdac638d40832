import type { AddressInfo } from 'node:net'
import { createServer, connect as openSocket, type Server, type Socket } from 'node:net'
import { type HeadwaterEvent, messageKey } from '@headwater/schemas'
import { createTestTopic, eventually, testKafka, testStack, uniqueName } from '@headwater/testing'
import { afterEach, describe, expect, test } from 'vitest'
import {
  addMetrics,
  createProducer,
  type KafkaTransportOptions,
  kafkaTransport,
  type ProducerOptions,
  type Warning,
} from '../../../src/index.ts'
import { readTopic } from '../../helpers/read-topic.ts'
import { transportContract } from '../../helpers/transport-contract.ts'

const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** A producer on the shared broker, closed after the test. */
function producerOn(kafka: Partial<KafkaTransportOptions>, options: Partial<ProducerOptions> = {}) {
  const { kafkaBrokers, schemaRegistryUrl } = testStack()
  const warnings: Warning[] = []
  const producer = createProducer({
    transport: kafkaTransport({ brokers: kafkaBrokers.split(','), schemaRegistryUrl, ...kafka }),
    namespace: 'shop',
    onWarning: (warning) => void warnings.push(warning),
    maxBackOffMs: 500,
    ...options,
  })
  undo.push(() => producer.close(2_000))
  return { ...producer, warnings, codes: () => warnings.map(({ code }) => code) }
}

describe('the transport contract', () => {
  transportContract(async ({ away }) => {
    const topic = await createTestTopic()
    const gate = await portOf(createServer())
    const reach = async () => void (await forward(gate))
    if (!away) await reach()
    const { schemaRegistryUrl } = testStack()
    const arrived = async (count: number) => (await readTopic(topic, count)).map(({ event }) => event)
    const transport = kafkaTransport({ brokers: [`127.0.0.1:${gate}`], schemaRegistryUrl, topic })
    return { transport, arrived, reach }
  })
})

const tagOf = ({ event }: HeadwaterEvent) => ('tags' in event ? event.tags?.[0] : undefined)

test.each(['none', 'gzip'] as const)(
  'runs arrive as Avro records keyed by run id, compressed: %s',
  async (compression) => {
    const topic = await createTestTopic(3)
    const { materialize, flow, tag, flush, codes } = producerOn({ topic, compression })
    const orders = materialize('postgres://shop/db/public/orders', () => {
      addMetrics({ rows: 2 })
      return [{ id: 1 }, { id: 2 }]
    })
    const report = materialize('s3://reports/daily', (rows: object[]) => rows.length)
    expect(await flow('nightly', async () => report(await orders()))()).toBe(2)
    tag('s3://reports/daily', 'gold')
    expect(await flush()).toEqual({ delivered: 5, undelivered: 0, dropped: 0 })
    const records = await readTopic(topic, 5)
    for (const { key, event } of records) {
      expect(key).toBe(messageKey(event))
    }
    const made = records
      .map(({ event }) => event.event)
      .find((event) => 'job' in event && event.job.name === 's3://reports/daily')
    expect(made).toMatchObject({ state: 'SUCCEEDED', inputs: [{ key: 'postgres://shop/db/public/orders' }] })
    expect(codes()).toEqual([])
  },
)

test('a topic that does not exist is named in the warning and not created; waiting events arrive once it exists', async () => {
  const topic = uniqueName('missing')
  const { tag, flush, warnings } = producerOn({ topic })
  tag('s3://a/b', 'x')
  expect(await flush(3_000)).toMatchObject({
    undelivered: 1,
    reason: expect.stringContaining(`topic ${topic} does not exist`),
  })
  const admin = testKafka().admin()
  await admin.connect()
  undo.push(() => admin.disconnect())
  expect(await admin.listTopics()).not.toContain(topic)
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic }] })
  expect(await flush(20_000)).toMatchObject({ delivered: 1, undelivered: 0 })
  expect(warnings.map(({ code }) => code)).toEqual(['TRANSPORT_AWAY', 'TRANSPORT_BACK'])
})

test('a registry that refuses the schema is reported at once, and the job continues', async () => {
  const topic = await createTestTopic()
  const schema = { type: 'record', name: 'CheckEvent', namespace: 'headwater', fields: [{ name: 'must', type: 'int' }] }
  await fetch(`${testStack().schemaRegistryUrl}/subjects/${topic}-headwater.CheckEvent/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ schema: JSON.stringify(schema) }),
  })
  await fetch(`${testStack().schemaRegistryUrl}/config/${topic}-headwater.CheckEvent`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ compatibility: 'FULL_TRANSITIVE' }),
  })
  const { tag, flush, codes } = producerOn({ topic })
  tag('s3://a/b', 'x')
  expect(await flush(60_000)).toMatchObject({
    undelivered: 1,
    reason: expect.stringContaining('was refused by the registry'),
  })
  expect(codes()).toEqual(['TRANSPORT_REFUSED'])
})

test('connections close when idle and open again for the next event', async () => {
  const topic = await createTestTopic()
  const gate = await portOf(createServer())
  const sockets = await forward(gate)
  const { tag, flush, codes } = producerOn({ topic, brokers: [`127.0.0.1:${gate}`], idleDisconnectMs: 10 })
  for (const round of ['first', 'second']) {
    tag('s3://a/b', round)
    await flush()
    await eventually(() => expect(sockets.size).toBe(0))
  }
  expect((await readTopic(topic, 2)).map(({ event }) => tagOf(event))).toEqual(['first', 'second'])
  expect(codes()).toEqual([])
})

/** A free port of the loopback interface. */
async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Forwards `port` to the shared broker. @returns the currently open connections */
async function forward(port: number): Promise<ReadonlySet<Socket>> {
  const [host = '', brokerPort = ''] = (testStack().kafkaBrokers.split(',')[0] ?? '').split(':')
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const broker = openSocket(Number(brokerPort), host)
    open.add(client)
    client.on('close', () => open.delete(client))
    for (const [from, to] of [
      [client, broker],
      [broker, client],
    ] as const) {
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  undo.push(async () => {
    for (const socket of open) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return open
}

test("with whenFull: 'wait' 100,000 quick calls in a loop all arrive", async () => {
  const topic = await createTestTopic()
  const { materialize, close } = producerOn({ topic }, { whenFull: 'wait' })
  const write = materialize('s3://lake/quick', (n: number) => n)
  for (let n = 0; n < 100_000; n += 1) await write(n)
  expect(await close(60_000)).toEqual({ delivered: 100_000, undelivered: 0, dropped: 0 })
  const admin = testKafka().admin()
  undo.push(() => admin.disconnect())
  await admin.connect()
  const offsets = await admin.fetchTopicOffsets(topic)
  expect(offsets.reduce((sum, { high }) => sum + Number(high), 0)).toBe(100_000)
}, 120_000)
