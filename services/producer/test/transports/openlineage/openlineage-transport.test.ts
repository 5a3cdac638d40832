import { buildMaterialization } from '@headwater/testing'
import { expect, test, vi } from 'vitest'
import {
  createProducer,
  type OpenLineageTransportOptions,
  openLineageTransport,
  type ProducerOptions,
  type Warning,
} from '../../../src/index.ts'
import { type Answer, answered, testServer } from '../../helpers/test-server.ts'

type Emitted = {
  readonly eventType?: string
  readonly run?: { readonly runId: string }
  readonly job?: { readonly name: string }
  readonly dataset?: { readonly name: string; readonly facets: { readonly tags?: { tags: { key: string }[] } } }
}

/** A producer with a server for the test. */
async function sendingTo(
  answer: Answer,
  http: Partial<OpenLineageTransportOptions> = {},
  options: Partial<ProducerOptions> = {},
) {
  const stored: Emitted[] = []
  const server = await testServer((response, request, attempt) => {
    response.on('finish', () => {
      if (response.statusCode < 300) stored.push(request.body as Emitted)
    })
    answer(response, request, attempt)
  })
  const warnings: Warning[] = []
  const producer = createProducer({
    transport: openLineageTransport({ url: server.url, ...http }),
    namespace: 'shop',
    lingerMs: 0,
    minBackOffMs: 1,
    maxBackOffMs: 20,
    onWarning: (warning) => void warnings.push(warning),
    ...options,
  })
  return { ...producer, server, stored, warnings, codes: () => warnings.map(({ code }) => code) }
}

const created: Answer = (response) => answered(response, 201)
const shown = ({ eventType, job, dataset }: Emitted) =>
  `${eventType ?? dataset?.facets.tags?.tags[0]?.key} ${job?.name}`

test('each event is one request to the OpenLineage endpoint', async () => {
  const { materialize, flush, server, stored } = await sendingTo(created, { apiKey: 'k1' })
  await materialize('s3://a/b', { name: 'write' }, () => 'done')()
  expect(await flush()).toEqual({ delivered: 1, undelivered: 0, dropped: 0 })
  expect(server.requests.map(({ path }) => path)).toEqual(['/api/v1/lineage', '/api/v1/lineage'])
  expect(server.requests[0]?.headers.authorization).toBe('Bearer k1')
  expect(stored.map(shown)).toEqual(['START write', 'COMPLETE write'])
  expect(stored[1]).toMatchObject({ outputs: [{ namespace: 's3://a', name: 'b' }] })
})

test('the endpoint can be changed', async () => {
  const { tag, flush, server } = await sendingTo(created, { endpoint: '/openapi/openlineage/api/v1/lineage' })
  tag('s3://a/b', 'x')
  await flush()
  expect(server.requests.map(({ path }) => path)).toEqual(['/openapi/openlineage/api/v1/lineage'])
})

test('an outage in the middle of a batch loses nothing, duplicates nothing, and keeps the order for each asset', async () => {
  const { tag, flush, stored, server } = await sendingTo((response, _, attempt) =>
    answered(response, attempt % 3 === 0 ? 503 : 201),
  )
  for (let n = 0; n < 60; n += 1) tag(`s3://a/${n % 4}`, String(n))
  expect(await flush(20_000)).toEqual({ delivered: 60, undelivered: 0, dropped: 0 })
  expect(server.requests.length).toBeGreaterThan(60)
  const tags = (name: string) =>
    stored.flatMap(({ dataset }) => (dataset?.name === name ? Number(dataset.facets.tags?.tags[0]?.key) : []))
  for (let key = 0; key < 4; key += 1) {
    expect(tags(String(key))).toEqual(Array.from({ length: 15 }, (_, n) => n * 4 + key))
  }
})

test('a START event that was stored is not sent again with the end that was not', async () => {
  const { materialize, flush, stored } = await sendingTo((response, _, attempt) =>
    answered(response, attempt === 2 ? 500 : 201),
  )
  await materialize('s3://a/b', { name: 'write' }, () => 'done')()
  await flush()
  expect(stored.map(shown)).toEqual(['START write', 'COMPLETE write'])
})

test('an event that the server refuses is dropped alone', async () => {
  const { tag, flush, stored, codes } = await sendingTo((response, { body }) => {
    const { dataset } = body as Emitted
    answered(response, dataset?.facets.tags?.tags[0]?.key === '3' ? 400 : 201, { message: 'no' })
  })
  for (let n = 0; n < 8; n += 1) tag('s3://a/b', String(n))
  expect(await flush()).toEqual({ delivered: 7, undelivered: 0, dropped: 1 })
  expect(stored.map(shown)).toEqual(['0', '1', '2', '4', '5', '6', '7'].map((tag) => `${tag} undefined`))
  expect(codes()).toEqual(['UNSENDABLE'])
})

test('an event that the key may not report is dropped alone, with the reason', async () => {
  const refusal = {
    ...{ code: 'FORBIDDEN', reason: 'outside_binding', detail: 'key 1 (etl) may not' },
    errors: [{ pointer: '', detail: 'The event reports STATED of s3://finance/x' }],
  }
  const { tag, flush, stored, warnings } = await sendingTo((response, { body }) =>
    (body as Emitted).dataset?.name === 'x' ? answered(response, 403, refusal) : answered(response, 201),
  )
  for (const key of ['s3://raw/a', 's3://finance/x', 's3://raw/b']) tag(key, 'gold')
  expect(await flush()).toMatchObject({ delivered: 2, undelivered: 0, dropped: 1 })
  expect(stored.map(({ dataset }) => dataset?.name).toSorted()).toEqual(['a', 'b'])
  expect(JSON.stringify(warnings)).toContain('key 1 (etl) may not')
})

test('an event that cannot be converted to OpenLineage is dropped alone', async () => {
  const { emit, tag, flush, stored, warnings } = await sendingTo(created)
  emit(buildMaterialization({ occurredAt: 9e15 }))
  tag('s3://a/b', 'x')
  expect(await flush()).toEqual({ delivered: 1, undelivered: 0, dropped: 1 })
  expect(stored).toHaveLength(1)
  expect(warnings[0]?.message).toContain('it cannot be converted to OpenLineage')
})

test('a server that refuses the key is reported at once', async () => {
  const { tag, flush, codes } = await sendingTo((response) => answered(response, 401))
  tag('s3://a/b', 'x')
  expect(await flush(60_000)).toMatchObject({ undelivered: 1, reason: expect.stringContaining('returned 401') })
  await vi.waitFor(() => expect(codes()).toEqual(['TRANSPORT_REFUSED']))
})
