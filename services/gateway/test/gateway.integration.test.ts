import type { HeadwaterEvent } from '@headwater/schemas'
import { createTestTopic, GatewayProcess, testStack } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLog } from './log/read-log.ts'

let topic: string
let gateway: GatewayProcess

beforeAll(async () => {
  topic = await createTestTopic(3)
  gateway = new GatewayProcess({ stack: testStack(), topic })
  await gateway.start()
})
afterAll(() => gateway?.stop())

const post = (path: string, value: unknown) =>
  fetch(`${gateway.url}${path}`, { method: 'POST', body: JSON.stringify(value) })

const run = (n: number) => ({
  type: 'MaterializationEvent',
  job: 'shop/load',
  runId: `run-${n}`,
  occurredAt: '2026-01-15T12:00:00Z',
  outputs: [`s3://lake/${n}`],
})

const runIdOf = ({ event }: HeadwaterEvent) => ('runId' in event ? event.runId : null)

describe('the gateway with a real broker', () => {
  it('answers each concurrent request with the position of its event', async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, (_, n) => post('/api/v1/events', run(n))))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    const log = await readLog(topic)
    for (const [n, { headers }] of answers.entries()) {
      const event = log.get(headers.get('headwater-position') ?? '')
      expect(event && runIdOf(event)).toBe(`run-${n}`)
    }
  })

  it('answers an array with the last position in each partition', async () => {
    const values = Array.from({ length: 50 }, (_, n) => run(1_000 + n))
    const answer = await post('/api/v1/events', values)
    expect(answer.status).toBe(201)
    const named = (answer.headers.get('headwater-position') ?? '').split(',')
    expect(named).toHaveLength(3)
    const mine = [...(await readLog(topic))].filter(([, event]) => /^run-10\d\d$/.test(runIdOf(event) ?? ''))
    const last = (partition: string) =>
      Math.max(...mine.filter(([at]) => at.split(':')[1] === partition).map(([at]) => Number(at.split(':')[2])))
    expect(new Set(named)).toEqual(new Set(['0', '1', '2'].map((p) => `${topic}:${p}:${last(p)}`)))
  })

  it('stores accepted events before it exits', async () => {
    const sent = Array.from({ length: 100 }, (_, n) => post('/api/v1/events', run(2_000 + n)))
    await sent[0]
    expect(await gateway.stop()).toBe(0)
    const answers = await Promise.allSettled(sent)
    const log = await readLog(topic)
    let stored = 0
    for (const [n, answer] of answers.entries()) {
      if (answer.status !== 'fulfilled' || answer.value.status !== 201) continue
      const event = log.get(answer.value.headers.get('headwater-position') ?? '')
      expect(event && runIdOf(event)).toBe(`run-${2_000 + n}`)
      stored++
    }
    expect(stored).toBeGreaterThan(0)
  })
})
