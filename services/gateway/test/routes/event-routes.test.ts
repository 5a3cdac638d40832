import { describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { InMemoryEventLog } from '../log/in-memory-event-log.ts'

const log = new InMemoryEventLog()
const now = Date.UTC(2026, 0, 15, 12)
const app = await buildApp({ log, now: () => now })
const send = (value: unknown) => app.inject({ method: 'POST', url: '/api/v1/events', payload: JSON.stringify(value) })
const run = { type: 'MaterializationEvent', job: 'shop/load', outputs: ['s3://lake/orders'] }

describe('a native event', () => {
  it('is completed and stored', async () => {
    const answer = await send(run)
    expect(answer.statusCode).toBe(201)
    expect(log.events.at(-1)).toMatchObject({
      type: 'MaterializationEvent',
      event: { occurredAt: now, state: 'SUCCEEDED', producer: 'headwater-gateway/0.1.0' },
    })
  })

  it('with occurredAt is the same event when it is retried', async () => {
    const dated = { ...run, occurredAt: '2026-01-02T03:04:05Z' }
    await send(dated)
    await send(dated)
    expect(log.events.at(-1)).toEqual(log.events.at(-2))
    await send({ ...dated, job: 'shop/other' })
    expect(log.events.at(-1)?.event.eventId).not.toBe(log.events.at(-2)?.event.eventId)
  })

  it('without occurredAt and eventId is a new event each time', async () => {
    await send(run)
    await send(run)
    expect(log.events.at(-1)?.event.eventId).not.toBe(log.events.at(-2)?.event.eventId)
  })

  it('that is invalid is refused with every problem', async () => {
    const answer = await send({
      ...run,
      outputs: [{ key: 's3://lake/orders', 'a/b': 1 }],
      state: 'DONE',
      startedAt: 'soon',
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({
      code: 'INVALID_EVENT',
      errors: [{ pointer: '/state' }, { pointer: '/startedAt' }, { pointer: '/outputs/0/a~1b' }],
    })
  })

  it('may be part of an array', async () => {
    const answer = await send([run, run])
    expect(answer.statusCode).toBe(201)
    const mixed = await send([run, { type: 'Other' }])
    expect(mixed.statusCode).toBe(200)
    expect(mixed.json()).toMatchObject({ status: 'partial_success', failed_events: [{ index: 1, retriable: false }] })
  })
})
