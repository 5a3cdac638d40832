import { createTestTopic, eventually, sendRecords, startKafkaProxy } from '@headwater/testing'
import { expect, it, onTestFinished } from 'vitest'
import { openLineageRun } from '../events/open-lineage-run.ts'
import { consume } from './consuming.ts'

const record = (job: string) => ({ key: null, value: Buffer.from(JSON.stringify(openLineageRun(job))) })

it('starts a consumer again that lives and reads nothing while records wait, and shows its lag', async () => {
  const [topic, proxy] = await Promise.all([createTestTopic(), startKafkaProxy()])
  onTestFinished(() => proxy.close())
  const consumer = consume(topic, { kafka: proxy.kafka, stalledAfterMs: 4_000 })
  await sendRecords(topic, [record('before')])
  await eventually(() => expect(consumer.stored).toEqual(['before']), 60_000)
  await eventually(() => expect([...consumer.lag]).toEqual([[0, 0]]))
  proxy.spoilOpen('noRecords')
  await sendRecords(topic, [record('1'), record('2'), record('3')])
  await eventually(() => expect([...consumer.lag]).toEqual([[0, 3]]))
  await eventually(() => expect(consumer.stored).toEqual(['before', '1', '2', '3']), 60_000)
  expect(proxy.spoilt).toBeGreaterThan(0)
  expect(consumer.stalls).toBe(1)
  expect(consumer.lines.join('')).toContain(`has read nothing from ${topic}:0:1 (3 wait) for 4 s`)
  await eventually(() => expect(consumer.states).toEqual(['consuming', 'stalled', 'consuming']))
}, 180_000)
