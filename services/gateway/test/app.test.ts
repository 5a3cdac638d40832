import { randomBytes } from 'node:crypto'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { GatewayError } from '../src/errors.ts'
import { openLineageRun } from './events/open-lineage-run.ts'
import { InMemoryEventLog } from './log/in-memory-event-log.ts'

const url = '/api/v1/lineage'
const body = JSON.stringify(openLineageRun())
const log = new InMemoryEventLog()
const app = await buildApp({ log, maxBodyBytes: 10_000 })
const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, headers, payload })

describe('one event', () => {
  it('is answered with 201, no body, and its position', async () => {
    const answer = await post(body, { 'content-type': 'application/json' })
    expect(answer.statusCode).toBe(201)
    expect(answer.body).toBe('')
    expect(answer.headers['content-length']).toBe('0')
    expect(answer.headers['headwater-position']).toBe(`log:0:${log.events.length - 1}`)
  })

  it.each([
    'application/json; charset=utf-8',
    'text/plain',
    'application/octet-stream',
    'nonsense;;;',
    'multipart/form-data',
  ])('may have the Content-Type %s', async (contentType) => {
    expect((await post(body, { 'content-type': contentType })).statusCode).toBe(201)
  })

  it('may have no Content-Type', async () => {
    expect((await post(Buffer.from(body))).statusCode).toBe(201)
  })

  it('gives the same event when it is retried', async () => {
    await post(body)
    await post(body)
    expect(log.events.at(-1)).toEqual(log.events.at(-2))
  })

  it.each(['/prefix/api/v1/lineage/', '//api/v1/lineage', '/api/v1/lineage/api/v1/lineage'])(
    'may be sent to %s',
    async (path) => {
      expect((await app.inject({ method: 'POST', url: path, payload: body })).statusCode).toBe(201)
    },
  )
})

describe('a compressed body', () => {
  it.each([
    ['gzip', gzipSync(body)],
    ['GZIP', gzipSync(body)],
    ['x-gzip', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['deflate', deflateRawSync(body)],
    ['br', brotliCompressSync(body)],
    ['identity', Buffer.from(body)],
  ])('may be %s', async (encoding, payload) => {
    expect((await post(payload, { 'content-encoding': encoding })).statusCode).toBe(201)
  })

  it.each([
    ['cut', gzipSync(body).subarray(0, -12)],
    ['none', Buffer.from(body)],
    ['changed', Buffer.from(gzipSync(body).map((byte, at) => (at === 40 ? byte ^ 0xff : byte)))],
  ])('that is %s is refused', async (_, payload) => {
    const answer = await post(payload, { 'content-encoding': 'gzip' })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'BROKEN_COMPRESSION' })
  })

  it('with an unsupported encoding is refused with the supported ones', async () => {
    const answer = await post(body, { 'content-encoding': 'zstd' })
    expect(answer.statusCode).toBe(415)
    expect(answer.json()).toMatchObject({ code: 'UNSUPPORTED_ENCODING', encodings: ['gzip', 'deflate', 'br'] })
  })

  it.each([
    ['small', gzipSync(Buffer.alloc(2_000_000, 0x20))],
    ['large', gzipSync(Buffer.alloc(60_000_000, 0x20))],
  ])('that decompresses beyond the limit is refused: %s', async (_, bomb) => {
    const answer = await (await buildApp({ log, maxBodyBytes: 100_000 })).inject({
      ...{ method: 'POST', url, payload: bomb },
      headers: { 'content-encoding': 'gzip' },
    })
    expect(answer.statusCode).toBe(413)
    expect(answer.headers).not.toHaveProperty('retry-after')
    expect(answer.json()).toMatchObject({ code: 'BODY_TOO_LARGE', maxBytes: 100_000 })
  })
})

describe('the limit for all bodies together', () => {
  const some = randomBytes(60_000).toString('hex') // 60 KB compressed
  const grown = JSON.stringify({ ...openLineageRun(), [some]: ' '.repeat(400_000) })
  const answersTo = async (maxBodiesBytes: number, payload: Buffer) => {
    const bounded = await buildApp({ log, maxBodiesBytes })
    const answers = []
    for (let at = 0; at < 3; at++) {
      answers.push(await bounded.inject({ method: 'POST', url, payload, headers: { 'content-encoding': 'gzip' } }))
    }
    return answers
  }

  it('refuses more with 503 and Retry-After', async () => {
    for (const answer of await answersTo(300_000, gzipSync(grown))) {
      expect(answer.statusCode).toBe(503)
      expect(answer.headers['retry-after']).toMatch(/^[12]$/)
      expect(answer.json()).toMatchObject({ code: 'OVERLOADED' })
    }
  })

  it('counts a body only until it is read or refused', async () => {
    const codes = async (payload: Buffer) => (await answersTo(700_000, payload)).map(({ statusCode }) => statusCode)
    expect(await codes(gzipSync(grown))).toEqual([201, 201, 201])
    expect(await codes(gzipSync(grown).subarray(0, -12))).toEqual([400, 400, 400])
  })
})

describe('a problem', () => {
  it('with an event has the JSON pointer', async () => {
    const answer = await post(JSON.stringify({ ...openLineageRun(), job: { namespace: 'shop' } }))
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toMatch('application/problem+json')
    expect(answer.json()).toMatchObject({
      ...{ type: 'urn:headwater:problem:invalid-event', status: 400, code: 'INVALID_EVENT' },
      errors: [{ pointer: '/job/name', detail: expect.any(String) }],
    })
  })

  it.each([
    [413, 'x'.repeat(10_001), 'BODY_TOO_LARGE'],
    [400, '', 'INVALID_JSON'],
    [400, '{"a"', 'INVALID_JSON'],
    [400, Buffer.from([0x22, 0xff, 0x22]), 'INVALID_TEXT'],
    [400, '['.repeat(200), 'JSON_TOO_DEEP'],
    [400, '3', 'INVALID_EVENT'],
    [400, 'null', 'INVALID_EVENT'],
  ])('is answered with %s', async (status, payload, code) => {
    const answer = await post(payload)
    expect(answer.statusCode).toBe(status)
    expect(answer.json()).toMatchObject({ code, status })
    expect(answer.headers).not.toHaveProperty('retry-after')
  })

  it.each(['LOG_UNAVAILABLE', 'OVERLOADED'] as const)('%s has Retry-After', async (code) => {
    log.failure = () => new GatewayError(code, 'not now')
    const answer = await post(body).finally(() => (log.failure = undefined))
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toMatch(/^[12]$/)
    expect(answer.json()).toMatchObject({ code })
  })

  it('with an unexpected error hides its cause', async () => {
    log.failure = () => new Error('secret')
    const answer = await post(body).finally(() => (log.failure = undefined))
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('secret')
  })
})

describe('an unsupported method', () => {
  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const)(
    '%s is answered with the allowed ones',
    async (method) => {
      const answer = await app.inject({ method, url: '/api/v1/lineage/' })
      expect(answer.statusCode).toBe(405)
      expect(answer.headers['allow']).toBe('POST')
      if (method !== 'HEAD') expect(answer.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' })
    },
  )

  it('and an unknown path name the path for events', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/spans', payload: body })
    expect(answer.statusCode).toBe(404)
    expect(answer.json().detail).toContain('/api/v1/lineage')
  })
})
