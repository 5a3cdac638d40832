import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createTestTopic,
  eventually,
  type StartedStack,
  startTestStack,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createProducer, kafkaTransport } from '../../../src/index.ts'
import { readTopic } from '../../helpers/read-topic.ts'

let own: StartedStack

// Its own broker, since the test kills it; the registry is shared.
beforeAll(async () => {
  const { PATH, HOME, HEADWATER_CACHE } = process.env
  const { schemaRegistryUrl, clickhouseUrl } = testStack()
  const env = { PATH, HOME, HEADWATER_CACHE, SCHEMA_REGISTRY_URL: schemaRegistryUrl, CLICKHOUSE_URL: clickhouseUrl }
  own = await startTestStack({ home: join(tmpdir(), uniqueName('headwater-outage')), env })
})
afterAll(() => own?.stop())

test('a broker killed in the middle, twice, loses nothing and changes no order', async () => {
  const kafka = own.stack?.part('kafka')
  if (kafka === undefined) throw new Error('Killing the broker needs the embedded stack: install Java 17 and Maven')
  const topic = await createTestTopic(3, own.addresses)
  const { kafkaBrokers, schemaRegistryUrl } = own.addresses
  const codes: string[] = []
  const { materialize, flush, close, stats } = createProducer({
    transport: kafkaTransport({ brokers: kafkaBrokers.split(','), schemaRegistryUrl, topic }),
    namespace: 'shop',
    maxBackOffMs: 500,
    onWarning: ({ code }) => void codes.push(code),
  })
  const write = materialize(
    (n) => `s3://a/${n}`,
    { name: 'write' },
    async (n: number) => n,
  )
  let written = 0
  const writing = setInterval(() => void write(written++), 2)
  for (const outage of [1, 2]) {
    const { delivered } = stats()
    await eventually(() => expect(stats().delivered).toBeGreaterThan(delivered))
    kafka.kill('SIGKILL')
    await eventually(() => expect(codes.filter((code) => code === 'TRANSPORT_AWAY')).toHaveLength(outage))
    await kafka.ready()
    await eventually(() => expect(codes.filter((code) => code === 'TRANSPORT_BACK')).toHaveLength(outage), 60_000)
  }
  clearInterval(writing)
  expect(await flush(60_000)).toEqual({ delivered: written, undelivered: 0, dropped: 0 })
  await close()
  const keys = (await readTopic(topic, written, own.addresses)).map(({ partition, event }) => ({
    partition,
    n: 'outputs' in event.event ? Number(event.event.outputs[0]?.key.slice('s3://a/'.length)) : Number.NaN,
  }))
  expect([...new Set(keys.map(({ n }) => n))].sort((a, b) => a - b)).toEqual(
    Array.from({ length: written }, (_, n) => n),
  )
  for (const partition of [0, 1, 2]) {
    const first = [...new Set(keys.filter((key) => key.partition === partition).map(({ n }) => n))]
    expect(first).toEqual([...first].sort((a, b) => a - b))
  }
}, 180_000)
