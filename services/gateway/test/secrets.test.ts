import { describe, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { InMemoryEventLog } from './log/in-memory-event-log.ts'

const secret = 'q9Zx7Wm2Kp4T'
const key = `postgres://bob:${secret}@host/db/t`

async function post(url: string, payload: unknown) {
  const log = new InMemoryEventLog()
  const app = await buildApp({ log })
  const answer = await app.inject({ method: 'POST', url, payload: payload as object })
  return { answer, events: JSON.stringify(log.events) }
}

describe('secrets in native events', () => {
  it('do not enter the log', async () => {
    const { answer, events } = await post('/api/v1/events', {
      ...{ type: 'MaterializationEvent', job: `shop/load --password ${secret}`, inputs: [{ key }], outputs: [{ key }] },
      ...{ error: `password=${secret}`, metadata: { debezium: { configs: [`database.password=${secret}`] } } },
    })
    expect(answer.statusCode).toBe(201)
    expect(events).not.toContain(secret)
    expect(events).toContain('postgres://host/db/t')
  })

  it('are not echoed by a problem, which stays short', async () => {
    const { answer } = await post('/api/v1/events', {
      type: 'AssetEvent',
      change: 'DROPPED',
      key: `${key} ${'x'.repeat(1_900)}`,
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.body).not.toContain(secret)
    expect(answer.json().detail.length).toBeLessThan(1_100)
  })

  it('are not echoed in the answer to a batch', async () => {
    const wrong = { type: 'AssetEvent', change: 'DROPPED', key: `${key} x` }
    const { answer } = await post('/api/v1/events', [wrong, { type: 'AssetEvent', change: 'DROPPED', key: 's3://a/b' }])
    expect(answer.json().summary).toMatchObject({ received: 2, failed: 1 })
    expect(answer.body).not.toContain(secret)
  })

  it('do not enter the log with an alias, which is the same with and without them', async () => {
    const { answer, events } = await post('/api/v1/aliases', { key, alias: `${key}2` })
    expect(answer.statusCode).toBe(201)
    expect(events).not.toContain(secret)
    expect(events).toContain('"postgres://host/db/t2"')
  })
})
