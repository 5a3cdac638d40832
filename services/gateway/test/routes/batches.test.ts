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

  it('with bad events stores the others and says which were bad', async () => {
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

  it('of which the log takes a part now says what to send again', async () => {
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

  it('of which the log takes nothing now is to be sent again whole', async () => {
    log.failure = unavailable
    const answer = await send(url, [good, good]).finally(() => (log.failure = undefined))
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toMatch(/^[12]$/)
  })

  it('of 10,000 is taken, of more refused whole', async () => {
    const events = Array.from({ length: 10_000 }, () => 'x')
    expect((await send(url, events)).json()).toMatchObject({ summary: { received: 10_000, failed: 10_000 } })
    const before = log.events.length
    const answer = await send(url, [...events, good])
    expect(answer.statusCode).toBe(413)
    expect(answer.headers).not.toHaveProperty('retry-after')
    expect(answer.json()).toMatchObject({ code: 'BATCH_TOO_LARGE', events: 10_001, maxEvents: 10_000 })
    expect(log.events.length).toBe(before)
  })

  it('of nothing is stored', async () => {
    expect((await send(url, [])).statusCode).toBe(204)
  })
})

it('a batch that is no array is refused', async () => {
  expect((await send('/api/v1/lineage/batch', good)).statusCode).toBe(400)
})
