import { expect, test } from 'vitest'
import {
  createProducer,
  type HttpOptions,
  httpTransport,
  openLineageTransport,
  type ProducerOptions,
  type Transport,
  type Warning,
} from '../../../src/index.ts'
import { answered, testServer } from '../../helpers/test-server.ts'

function sending(transport: Transport, options: Partial<ProducerOptions> = {}) {
  const warnings: Warning[] = []
  const onWarning = (warning: Warning) => void warnings.push(warning)
  const fast = { lingerMs: 0, minBackOffMs: 1, maxBackOffMs: 5 }
  const producer = createProducer({ transport, namespace: 'shop', onWarning, ...fast, ...options })
  return { ...producer, warnings, codes: () => warnings.map(({ code }) => code) }
}

const page = { 'content-type': 'text/html; charset=utf-8' }

test.each<[string, (options: HttpOptions) => Transport]>([
  ['the gateway', httpTransport],
  ['a server of OpenLineage', openLineageTransport],
])(
  'an HTML page with status 200, e.g. a login page, does not count as stored by %s: events are kept',
  async (_, transportTo) => {
    let isPage = true
    const server = await testServer((response) =>
      isPage ? answered(response, 200, {}, page) : answered(response, 201),
    )
    const { tag, flush, codes } = sending(transportTo({ url: server.url }))
    tag('s3://a/b', 'x')
    const reason = expect.stringMatching(/returned 200 with an HTML page; check the URL$/)
    expect(await flush(60_000)).toMatchObject({ delivered: 0, undelivered: 1, reason })
    isPage = false
    expect(await flush()).toEqual({ delivered: 1, undelivered: 0, dropped: 0 })
    expect(codes()).toEqual(['TRANSPORT_REFUSED', 'TRANSPORT_BACK'])
  },
)

test.each([{}, { status: 'ok' }, []])(
  'a 200 response with %j does not come from a gateway: events are kept',
  async (body) => {
    const server = await testServer((response) => answered(response, 200, body))
    const { tag, flush } = sending(httpTransport({ url: server.url }))
    tag('s3://a/b', 'x')
    const reason = expect.stringContaining('returned 200 with a response that no Headwater gateway sends')
    expect(await flush(60_000)).toMatchObject({ delivered: 0, undelivered: 1, reason })
  },
)

test('an event on which only the server fails is dropped alone and blocks no other event', async () => {
  const server = await testServer((response, { body }) => {
    const isPoison = JSON.stringify(body).includes('poison')
    answered(response, isPoison ? 500 : 201, { message: 'a constraint' })
  })
  const { tag, flush, warnings } = sending(openLineageTransport({ url: server.url }))
  tag('s3://a/poison', 'x')
  for (let n = 0; n < 40; n += 1) tag(`s3://a/${n}`, 'x')
  expect(await flush(20_000)).toEqual({ delivered: 40, undelivered: 0, dropped: 1 })
  const lost = warnings.filter(({ code }) => code === 'UNSENDABLE')
  expect(lost).toMatchObject([
    { message: expect.stringMatching(/fails on this event and stores others: .* returned 500: a constraint$/) },
  ])
})

test('a server that fails on everything loses nothing', async () => {
  let fails = true
  const server = await testServer((response) => answered(response, fails ? 500 : 201))
  const { tag, flush, codes } = sending(openLineageTransport({ url: server.url }))
  for (let n = 0; n < 20; n += 1) tag(`s3://a/${n}`, 'x')
  expect(await flush(300)).toMatchObject({ delivered: 0, undelivered: 20 })
  fails = false
  expect(await flush(20_000)).toEqual({ delivered: 20, undelivered: 0, dropped: 0 })
  expect(codes()).toEqual(['TRANSPORT_AWAY', 'TRANSPORT_BACK'])
})

test('an apiKey function that never returns is reported, and called again', async () => {
  const server = await testServer((response) => answered(response, 201))
  let asked = 0
  const apiKey = () => (++asked === 1 ? new Promise<string>(() => {}) : 'k1')
  const { tag, flush, warnings } = sending(httpTransport({ url: server.url, apiKey, timeoutMs: 50 }))
  tag('s3://a/b', 'x')
  const reason = expect.stringContaining('the apiKey function did not return within 50 ms')
  expect(await flush(60_000)).toMatchObject({ undelivered: 1, reason })
  expect(await flush()).toMatchObject({ delivered: 1 })
  expect(warnings[0]).toMatchObject({ code: 'TRANSPORT_REFUSED' })
})

test('requests go through the given fetch', async () => {
  const server = await testServer((response) => answered(response, 201))
  const through: string[] = []
  const own: typeof fetch = (input, init) => {
    through.push(String(input))
    return fetch(input, init)
  }
  const { tag, flush } = sending(httpTransport({ url: server.url, fetch: own }))
  tag('s3://a/b', 'x')
  expect(await flush()).toMatchObject({ delivered: 1 })
  expect(through).toEqual([`${server.url}/api/v1/events`])
})

test('the error of OpenSSL for a server without TLS is one line', async () => {
  const server = await testServer((response) => answered(response, 201))
  const { tag, flush } = sending(httpTransport({ url: server.url.replace('http:', 'https:') }))
  tag('s3://a/b', 'x')
  const reason = expect.stringMatching(/^https:.* is not reachable: .*\S$/)
  expect(await flush(200)).toMatchObject({ undelivered: 1, reason })
})

test('closing with undelivered events reports that they are lost, and why', async () => {
  const server = await testServer((response) => answered(response, 503, { detail: 'no broker' }))
  const { tag, close, warnings } = sending(httpTransport({ url: server.url }))
  tag('s3://a/b', 'x')
  expect(await close(100)).toMatchObject({ undelivered: 1 })
  const message = expect.stringMatching(/^1 lineage events were not delivered: .*/)
  expect(warnings).toContainEqual({ code: 'NOT_DELIVERED', message }) // a late answer may add TRANSPORT_AWAY after it
})

test('an event larger than the buffer is dropped as unsendable', async () => {
  const server = await testServer((response) => answered(response, 201))
  const { tag, flush, warnings } = sending(httpTransport({ url: server.url }), { maxBufferedBytes: 1_000 })
  tag('s3://a/b', 'x'.repeat(2_000))
  tag('s3://a/b', 'y')
  expect(await flush()).toEqual({ delivered: 1, undelivered: 0, dropped: 1 })
  expect(warnings).toMatchObject([{ code: 'UNSENDABLE', message: expect.stringContaining('maxBufferedBytes is 1000') }])
})
