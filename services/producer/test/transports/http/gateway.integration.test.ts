import { createTestTopic, eventually, GatewayProcess, testStack } from '@headwater/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { createProducer, httpTransport, openLineageTransport, reference, type Transport } from '../../../src/index.ts'
import { readTopic } from '../../helpers/read-topic.ts'
import { transportContract } from '../../helpers/transport-contract.ts'

const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** A gateway and a topic for the test. */
async function startGateway() {
  const topic = await createTestTopic()
  const gateway = new GatewayProcess({ stack: testStack(), topic })
  await gateway.start()
  undo.push(() => gateway.stop())
  return { topic, gateway }
}

describe('the transport contract, over HTTP to the gateway', () => {
  transportContract(async ({ away }) => {
    const { topic, gateway } = await startGateway()
    if (away) await gateway.stop()
    const arrived = async (count: number) => (await readTopic(topic, count)).map(({ event }) => event)
    return { transport: httpTransport({ url: gateway.url }), arrived, reach: () => gateway.start() }
  })
})

function producerOver(transport: Transport) {
  const codes: string[] = []
  const onWarning = ({ code }: { readonly code: string }) => void codes.push(code)
  const producer = createProducer({ transport, namespace: 'shop', maxBackOffMs: 500, onWarning })
  undo.push(() => producer.close(2_000))
  return { ...producer, codes }
}

test('a gateway killed in the middle, twice, loses nothing, and repeated events have the same id', async () => {
  const { topic, gateway } = await startGateway()
  const { tag, flush, stats, codes } = producerOver(httpTransport({ url: gateway.url, compression: 'gzip' }))
  let sent = 0
  const sending = setInterval(() => tag('s3://a/b', String(sent++)), 2)
  undo.push(async () => clearInterval(sending))
  for (const outage of [1, 2]) {
    const { delivered } = stats()
    await eventually(() => expect(stats().delivered).toBeGreaterThan(delivered))
    await gateway.kill()
    await eventually(() => expect(codes.filter((code) => code === 'TRANSPORT_AWAY')).toHaveLength(outage))
    await gateway.start()
    await eventually(() => expect(codes.filter((code) => code === 'TRANSPORT_BACK')).toHaveLength(outage))
  }
  clearInterval(sending)
  expect(await flush(30_000)).toEqual({ delivered: sent, undelivered: 0, dropped: 0 })
  const events = (await readTopic(topic, sent)).map(({ event }) => event.event)
  const tags = new Map(events.map((event) => [event.eventId, 'tags' in event && Number(event.tags?.[0])]))
  expect([...tags.values()]).toEqual(Array.from({ length: sent }, (_, n) => n))
}, 120_000)

test('an event that the gateway refuses is dropped alone, and the reason is reported', async () => {
  const { topic, gateway } = await startGateway()
  const messages: string[] = []
  const { tag, emit, flush } = createProducer({
    transport: httpTransport({ url: `${gateway.url}/` }),
    namespace: 'shop',
    onWarning: ({ message }) => void messages.push(message),
  })
  const common = { eventId: 'e1', occurredAt: Date.now(), producer: 'test/1', jobNamespace: null, jobName: null }
  const check = { name: 'c', column: null, severity: 'ERROR', status: 'PASS', expected: null, actual: null } as const
  tag('s3://a/b', 'x')
  emit({ type: 'CheckEvent', event: { ...common, key: 'no key', runId: null, check: { ...check, message: null } } })
  tag('s3://a/b', 'y')
  expect(await flush()).toEqual({ delivered: 2, undelivered: 0, dropped: 1 })
  expect(messages).toEqual([expect.stringContaining('INVALID_EVENT')])
  expect(await readTopic(topic, 2)).toHaveLength(2)
})

test('runs sent as OpenLineage arrive with their edges', async () => {
  const { topic, gateway } = await startGateway()
  const { materialize, flush, codes } = producerOver(openLineageTransport({ url: gateway.url }))
  await materialize('s3://lake/orders', { name: 'load' }, () => void reference('s3://raw/orders'))()
  expect(await flush()).toEqual({ delivered: 1, undelivered: 0, dropped: 0 })
  const ends = (await readTopic(topic, 2)).flatMap(({ event: { type, event } }) =>
    type === 'MaterializationEvent' && event.state === 'SUCCEEDED' ? [event] : [],
  )
  expect(ends).toMatchObject([
    {
      job: { namespace: 'shop', name: 'load' },
      inputs: [{ key: 's3://raw/orders' }],
      outputs: [{ key: 's3://lake/orders' }],
    },
  ])
  expect(codes).toEqual([])
})
