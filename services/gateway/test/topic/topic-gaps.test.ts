import { ConsumerStatus } from '@headwater/kafka'
import { expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { createMetrics } from '../../src/metrics.ts'
import { TopicGaps } from '../../src/topic/topic-gaps.ts'
import { InMemoryEventLog } from '../log/in-memory-event-log.ts'

it('gaps of every partition are counted in the metrics and named by /readyz, which stays ready', async () => {
  const [metrics, gaps, status] = [createMetrics(), new TopicGaps('inbox'), new ConsumerStatus()]
  metrics.watchGaps(gaps)
  const app = await buildApp({ log: new InMemoryEventLog(), metrics, consumer: { status, gaps } })
  const gauge = (count: number) => `headwater_gateway_topic_gap_records{topic="inbox"} ${count}\n`
  expect((await app.inject('/metrics')).body).toContain(gauge(0)) // before anything is read, so that an alert sees the rise
  status.enter('consuming')
  const noted = { topicId: 'one', gaps: [{ firstOffset: 3, lastOffset: 5 }], missingRecords: 3 }
  const old = { topicId: 'one', gaps: [{ firstOffset: 0, lastOffset: 0, topicId: 'old' }], missingRecords: 90 }
  gaps.read(
    new Map([
      [0, { next: 8, note: noted }],
      [4, { next: 1, note: old }],
    ]),
  )
  expect((await app.inject('/metrics')).body).toContain(gauge(93))
  const answer = await app.inject('/readyz')
  expect(answer.statusCode).toBe(200)
  expect(answer.json().openLineageTopic).toMatchObject({
    state: 'consuming',
    missingRecords: 93,
    gaps: [
      { topic: 'inbox', partition: 0, firstOffset: 3, lastOffset: 5 },
      { topic: 'inbox', partition: 4, firstOffset: 0, lastOffset: 0, topicId: 'old' },
    ],
  })
})
