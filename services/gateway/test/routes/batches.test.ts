import { describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { GatewayError } from '../../src/errors.ts'
import { openLineageRun } from '../events/open-lineage-run.ts'
import { InMemoryEventLog } from '../log/in-memory-event-log.ts'

const log = new InMemoryEventLog()
const app = await buildApp({ log })
const send = (url: string, value: unknown) => app.inject({ method: 'POST', url, payload: JSON.stringify(value) })
const [good, bad] = [openLineageRun(), { ...openLineageRun(), run: {} }]
const unavailable = () => new GatewayError('LOG_UNAVAILABLE', 'not now')

describe.each(['/api/v1/lineage/batch', '/api/v1/lineage'])('a batch to %s', (url) => {
  it('that is stored is answered with 204 and the last position', async () => {
    const answer = await send(url, [good, good, good])
    expect(answer.statusCode).toBe(204)
    expect(answer.headers['headwater-position']).toBe(`log:0:${log.events.length - 1}`)
  })

  it('with invalid events stores the rest and lists the invalid ones', async () => {
    const before = log.events.length
    const answer = await send(url, [good, bad, good, 'x'])
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({
      status: 'partial_success',
      summary: { received: 4, successful: 2, failed: 2, retriable: 0, non_retriable: 2 },
      failed_events: [
        { index: 1, reason: expect.stringMatching(/^INVALID_EVENT: \/run\/runId: /), retriable: false },
        { index: 3, reason: expect.stringMatching(/^INVALID_EVENT: /), retriable: false },
      ],
    })
    expect(log.events.length).toBe(before + 2)
    expect(answer.headers['headwater-position']).toBe(`log:0:${log.events.length - 1}`)
  })

  it('that is stored in part lists the events to retry', async () => {
    log.failure = ([event]) =>
      event?.type === 'MaterializationEvent' && event.event.job.name === 'late' ? unavailable() : undefined
    const answer = await send(url, [good, openLineageRun('late'), bad]).finally(() => (log.failure = undefined))
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      summary: { received: 3, successful: 1, failed: 2, retriable: 1, non_retriable: 1 },
      failed_events: [
        { index: 1, retriable: true },
        { index: 2, retriable: false },
      ],
    })
  })

  it('of which nothing can be stored is answered with 503', async () => {
    log.failure = unavailable
    const answer = await send(url, [good, good]).finally(() => (log.failure = undefined))
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toMatch(/^[12]$/)
  })

  it('may have 10,000 events; a larger one is refused completely', async () => {
    const events = Array.from({ length: 10_000 }, () => 'x')
    expect((await send(url, events)).json()).toMatchObject({ summary: { received: 10_000, failed: 10_000 } })
    const before = log.events.length
    const answer = await send(url, [...events, good])
    expect(answer.statusCode).toBe(413)
    expect(answer.headers).not.toHaveProperty('retry-after')
    expect(answer.json()).toMatchObject({ code: 'BATCH_TOO_LARGE', events: 10_001, maxEvents: 10_000 })
    expect(log.events.length).toBe(before)
  })

  it('may be empty', async () => {
    expect((await send(url, [])).statusCode).toBe(204)
  })
})

it('refuses a batch that is not an array', async () => {
  expect((await send('/api/v1/lineage/batch', good)).statusCode).toBe(400)
})
