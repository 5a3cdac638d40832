import { createClient } from '@clickhouse/client'
import { ConsumerStatus, correctFetches } from '@headwater/kafka'
import {
  createTestTopic,
  eventually,
  sendEvents,
  startClickHouseProxy,
  startKafkaProxy,
  testStack,
} from '@headwater/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Metrics } from '../../src/metrics.ts'
import { events, project, tablesOf } from '../identity/projecting.ts'

correctFetches({ wholeBatches: true })

async function metricOf(metrics: Metrics, name: string): Promise<number> {
  const { values } = (await metrics.registry.getSingleMetric(name)?.get()) ?? { values: [] }
  return Math.max(0, ...values.map(({ value }) => value))
}
const stalls = (metrics: Metrics) => metricOf(metrics, 'headwater_projector_consumer_stalls_total')

describe('a projector whose consumer lives', () => {
  it('starts it again where it reads nothing while records wait, and is not ready until it reads', async () => {
    const [tables, proxy] = [tablesOf(await createTestTopic()), await startKafkaProxy()]
    onTestFinished(() => proxy.close())
    const status = new ConsumerStatus()
    await sendEvents(tables.topic, events('before', 1))
    const { metrics, lines } = await project(tables, { kafka: proxy.kafka, status, stalledAfterMs: 5_000 })
    await eventually(async () => expect(await tables.folded()).toEqual({ 0: 0 }), 60_000)
    proxy.spoilAll('noRecords')
    await sendEvents(tables.topic, events('after', 2))
    await eventually(() => expect(status.problem).toContain('stalled since'), 60_000)
    expect(status.problem).toContain(`has read nothing from ${tables.topic}:0:1 (2 wait) for 5 s`)
    await eventually(async () => expect(await stalls(metrics)).toBeGreaterThan(1), 60_000) // the new one reads nothing either
    expect(status.now.state).toBe('stalled')
    proxy.spoilAll(undefined)
    await eventually(async () => expect(await tables.folded()).toEqual({ 0: 2 }), 60_000)
    await eventually(() => expect(status.problem).toBeUndefined(), 60_000)
    expect(lines.join('')).toContain('The projector failed: restarting it')
    expect(await tables.jobs()).toEqual(['after', 'before'])
  }, 240_000)

  it('leaves it alone where it waits for ClickHouse', async () => {
    const tables = tablesOf(await createTestTopic())
    const proxy = await startClickHouseProxy(testStack().clickhouseUrl)
    const client = createClient({ url: proxy.url, log: { level: 127 } })
    onTestFinished(async () => {
      await client.close()
      await proxy.close()
    })
    const options = { clickhouse: client, stalledAfterMs: 3_000, maxBatchRecords: 1 }
    const { metrics } = await project(tables, options)
    await sendEvents(tables.topic, events('before', 1))
    await eventually(async () => expect(await tables.folded()).toEqual({ 0: 0 }), 60_000)
    proxy.answerWith(243, { matching: /run_facts/ }) // heartbeats are stored
    for (let n = 0; n < 20; n++) await sendEvents(tables.topic, events('after', 1))
    await eventually(
      async () => expect(await metricOf(metrics, 'headwater_projector_waiting_seconds')).toBeGreaterThan(8),
      60_000,
    )
    expect(await stalls(metrics)).toBe(0)
    proxy.passOn()
    await eventually(async () => expect(await tables.folded()).toEqual({ 0: 20 }), 60_000)
    expect(await stalls(metrics)).toBe(0)
  }, 180_000)
})
