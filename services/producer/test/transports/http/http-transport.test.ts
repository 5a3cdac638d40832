import type { HeadwaterEvent } from '@headwater/schemas'
import { describe, expect, test, vi } from 'vitest'
import {
  createProducer,
  type HttpTransportOptions,
  httpTransport,
  type ProducerOptions,
  type Warning,
} from '../../../src/index.ts'
import { type Answer, answered, testServer } from '../../helpers/test-server.ts'
import { transportContract } from '../../helpers/transport-contract.ts'

type Written = { readonly type: string; readonly eventId: string; readonly tags: readonly string[] | null }

/** A producer with a server for the test, and the events that the server stored. */
async function sendingTo(
  answer: Answer,
  http: Partial<HttpTransportOptions> = {},
  options: Partial<ProducerOptions> = {},
) {
  const stored = new Map<string, Written>()
  const server = await testServer((response, request, attempt) => {
    const store = () => {
      for (const event of request.body as readonly Written[]) stored.set(event.eventId, event)
    }
    response.on('finish', () => {
      if (response.statusCode < 300) store()
    })
    answer(response, request, attempt)
  })
  const warnings: Warning[] = []
  const producer = createProducer({
    transport: httpTransport({ url: server.url, ...http }),
    namespace: 'shop',
    lingerMs: 0,
    minBackOffMs: 1,
    maxBackOffMs: 20,
    onWarning: (warning) => void warnings.push(warning),
    ...options,
  })
  const tags = () => [...stored.values()].map((event) => event.tags?.[0])
  return { ...producer, server, warnings, tags, codes: () => warnings.map(({ code }) => code) }
}

const ok: Answer = (response) => answered(response, 201)
const first =
  (count: number, status: number, headers: Record<string, string> = {}): Answer =>
  (response, _, attempt) =>
    answered(response, attempt <= count ? status : 201, {}, headers)

describe('the transport contract', () => {
  transportContract(async ({ away }) => {
    const arrived: HeadwaterEvent[] = []
    const server = await testServer((response, { body, bytes }) => {
      if (bytes > 1_000_000) return answered(response, 413)
      for (const { type, ...event } of body as Written[]) arrived.push({ type, event } as unknown as HeadwaterEvent)
      answered(response, 201)
    })
    if (away) await server.stop()
    const transport = httpTransport({ url: server.url })
    return { transport, arrived: async () => arrived, reach: server.start }
  })
})

test('events are posted as a JSON array, in the form that `headwater emit` accepts', async () => {
  const { tag, flush, server } = await sendingTo(ok, { apiKey: 'k1', headers: { 'x-team': 'a' } })
  tag('s3://a/b', 'x')
  tag('s3://a/b', 'y')
  expect(await flush()).toEqual({ delivered: 2, undelivered: 0, dropped: 0 })
  const { path, headers, body } = server.requests[0]!
  expect(path).toBe('/api/v1/events')
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    authorization: 'Bearer k1',
    'x-team': 'a',
    'user-agent': expect.stringMatching(/^headwater-producer\//),
  })
  const tagged = { type: 'AssetEvent', key: 's3://a/b', change: 'TAGGED' }
  expect(body).toMatchObject([
    { ...tagged, tags: ['x'] },
    { ...tagged, tags: ['y'] },
  ])
})

test('a body is compressed on request', async () => {
  const { tag, flush, server, tags } = await sendingTo(ok, { compression: 'gzip' })
  tag('s3://a/b', 'x'.repeat(5_000))
  await flush()
  const { headers } = server.requests[0]!
  expect(headers['content-encoding']).toBe('gzip')
  expect(Number(headers['content-length'])).toBeLessThan(1_000)
  expect(tags()).toEqual(['x'.repeat(5_000)])
})

test.each([408, 425, 429, 500, 502, 503, 504])('events wait while the server returns %d', async (status) => {
  const { tag, flush, tags, codes } = await sendingTo(first(2, status))
  tag('s3://a/b', 'x')
  await vi.waitFor(() => expect(codes()).toEqual(['TRANSPORT_AWAY', 'TRANSPORT_BACK']))
  expect(await flush()).toEqual({ delivered: 1, undelivered: 0, dropped: 0 })
  expect(tags()).toEqual(['x'])
})

test('the Retry-After of a server is kept', async () => {
  const times: number[] = []
  const { tag, codes } = await sendingTo((response, request, attempt) => {
    times.push(performance.now())
    first(1, 503, { 'retry-after': '0.3' })(response, request, attempt)
  })
  tag('s3://a/b', 'x')
  await vi.waitFor(() => expect(codes()).toContain('TRANSPORT_BACK'), 10_000)
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(295)
})

test.each([401, 403, 404, 405, 415])(
  'a refusal (%d) is reported at once, and waiting events are kept',
  async (status) => {
    let refuses = true
    const answer: Answer = (response) => answered(response, refuses ? status : 201, { detail: 'not with this key' })
    const { tag, flush, codes, tags } = await sendingTo(answer)
    tag('s3://a/b', 'x')
    const reason = expect.stringMatching(new RegExp(`/api/v1/events returned ${status}: not with this key$`))
    expect(await flush(60_000)).toEqual({ delivered: 0, undelivered: 1, dropped: 0, reason })
    refuses = false
    expect(await flush()).toEqual({ delivered: 1, undelivered: 0, dropped: 0 })
    expect([codes(), tags()]).toEqual([['TRANSPORT_REFUSED', 'TRANSPORT_BACK'], ['x']])
  },
)

test('the apiKey function is called before each request', async () => {
  const keys = ['old', 'new']
  const answer: Answer = (response, { headers }) =>
    answered(response, headers.authorization === 'Bearer new' ? 201 : 401)
  const { tag, flush, codes } = await sendingTo(answer, { apiKey: async () => keys.shift() ?? 'new' })
  tag('s3://a/b', 'x')
  await vi.waitFor(() => expect(codes()).toEqual(['TRANSPORT_REFUSED', 'TRANSPORT_BACK']))
  expect(await flush()).toMatchObject({ delivered: 1 })
})

test.each([400, 413, 422])('of a refused batch (%d) only the event at fault is dropped', async (status) => {
  const { tag, flush, tags, codes } = await sendingTo((response, { body }) =>
    answered(response, (body as Written[]).some((event) => event.tags?.[0] === '5') ? status : 201),
  )
  for (let n = 0; n < 12; n += 1) tag('s3://a/b', String(n))
  expect(await flush()).toEqual({ delivered: 11, undelivered: 0, dropped: 1 })
  expect(tags()).toEqual(['0', '1', '2', '3', '4', '6', '7', '8', '9', '10', '11'])
  expect(codes()).toEqual(['UNSENDABLE'])
})

test('of a batch stored in part the events at fault are dropped, and the rest is not sent again', async () => {
  const { tag, flush, server, warnings } = await sendingTo((response) => {
    const failed_events = [3, 7].map((index) => ({ index, reason: `INVALID_EVENT: number ${index}`, retriable: false }))
    answered(response, 200, { status: 'partial_success', failed_events })
  })
  for (let n = 0; n < 12; n += 1) tag('s3://a/b', String(n))
  expect(await flush()).toEqual({ delivered: 10, undelivered: 0, dropped: 2 })
  expect(server.requests).toHaveLength(1)
  expect(warnings.map(({ message }) => message)).toEqual([
    'Dropped a lineage event that cannot be sent: INVALID_EVENT: number 3',
    'Dropped a lineage event that cannot be sent: INVALID_EVENT: number 7',
  ])
})

test('a batch that could be stored only in part for now is sent again', async () => {
  const failed_events = [{ index: 1, reason: 'OVERLOADED: later', retriable: true }]
  const { tag, flush, tags, server, codes } = await sendingTo((response, _, attempt) =>
    attempt === 1 ? answered(response, 200, { failed_events }) : answered(response, 201),
  )
  for (let n = 0; n < 3; n += 1) tag('s3://a/b', String(n))
  expect(await flush()).toEqual({ delivered: 3, undelivered: 0, dropped: 0 })
  expect([tags(), server.requests.length]).toEqual([['0', '1', '2'], 2])
  expect(codes()).toEqual(['TRANSPORT_AWAY', 'TRANSPORT_BACK'])
})

test('a connection cut before or within the response loses and duplicates nothing', async () => {
  const { tag, flush, tags, server, codes } = await sendingTo((response, _, attempt) => {
    if (attempt === 1) return void response.socket?.destroy()
    if (attempt > 2) return answered(response, 201)
    response.writeHead(201, { 'content-length': '100' })
    response.write('half', () => response.socket?.destroy())
  })
  for (let n = 0; n < 3; n += 1) tag('s3://a/b', String(n))
  expect(await flush()).toEqual({ delivered: 3, undelivered: 0, dropped: 0 })
  expect(tags()).toEqual(['0', '1', '2'])
  expect(server.requests.length).toBeGreaterThan(2)
  expect(codes()).toEqual(['TRANSPORT_AWAY', 'TRANSPORT_BACK'])
})

test('an idle connection that the server closed causes no warning', async () => {
  let cut = false
  const { tag, flush, codes, tags } = await sendingTo((response) => {
    if (cut) response.socket?.destroy()
    else answered(response, 201)
    cut = false
  })
  tag('s3://a/b', 'x')
  await flush()
  cut = true
  tag('s3://a/b', 'y')
  await flush()
  expect([tags(), codes()]).toEqual([['x', 'y'], []])
})

test('a server that does not respond in time counts as unavailable', async () => {
  const slow: Answer = (response, _, attempt) => {
    if (attempt > 1) answered(response, 201)
    else response.writeHead(201).write('half') // and then nothing
  }
  const { tag, flush, tags, warnings } = await sendingTo(slow, { timeoutMs: 100 })
  tag('s3://a/b', 'x')
  await flush()
  expect(tags()).toEqual(['x'])
  expect(warnings[0]?.message).toMatch(/is not reachable: no response within 100 ms$/)
})

test('a redirect is not followed: the key goes to no other host', async () => {
  const other = await testServer(ok)
  const redirect: Answer = (response) => answered(response, 307, {}, { location: `${other.url}/there?token=t` })
  const { tag, flush } = await sendingTo(redirect, { apiKey: 'k1' })
  tag('s3://a/b', 'x')
  expect(await flush()).toMatchObject({
    undelivered: 1,
    reason: expect.stringMatching(/returned 307 \(a redirect to http:\/\/127\.0\.0\.1:\d+\/there\)$/),
  })
  expect(other.requests).toEqual([])
})

test.each<[string, Partial<HttpTransportOptions>]>([
  ['a URL with a password', { url: 'http://user:hunter2@127.0.0.1' }],
  ['no URL', { url: 'hunter2' }],
  ['a key that is not a valid header', { apiKey: 'hunter2\nx' }],
  ['an invalid header', { headers: { 'x-key': 'hunter2\u{1f511}' } }],
  ['a key the server quotes', { apiKey: 'hunter2' }],
  ['a query', { url: 'http://127.0.0.1:9/?key=hunter2' }],
])('no warning quotes a secret: %s', async (_, http) => {
  const { tag, flush, warnings, close } = await sendingTo(
    (response) => answered(response, 401, { detail: 'no hunter2' }),
    http,
  )
  tag('s3://a/b', 'x')
  const { undelivered, reason } = await flush(200)
  await close(0)
  expect(undelivered).toBe(1)
  expect(warnings.map(({ code }) => code)).toEqual([expect.stringMatching(/^TRANSPORT_/), 'NOT_DELIVERED'])
  expect(`${reason} ${JSON.stringify(warnings)}`).not.toContain('hunter2')
})

test('connections are reused, and closing aborts requests in progress', async () => {
  let cut = false
  const { tag, flush, close, server } = await sendingTo((response, _, attempt) => {
    if (attempt < 11) answered(response, 201)
    else response.on('close', () => (cut = true))
  })
  for (let n = 0; n < 10; n += 1) {
    tag('s3://a/b', String(n))
    await flush()
  }
  expect(server.sockets.size).toBeLessThan(3)
  tag('s3://a/b', 'last')
  await vi.waitFor(() => expect(server.requests).toHaveLength(11))
  expect(await close(10)).toMatchObject({ delivered: 10, undelivered: 1 })
  await vi.waitFor(() => expect(cut).toBe(true))
})
