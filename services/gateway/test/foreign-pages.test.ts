import type { Access } from '@headwater/access'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { openLineageRun } from './events/open-lineage-run.ts'
import { InMemoryEventLog } from './log/in-memory-event-log.ts'

const log = new InMemoryEventLog()
const app = await buildApp({ log })
await app.ready()
const alias = { key: 's3://lake/a', alias: 's3://lake/b' }
const bodies = [openLineageRun(), [openLineageRun()], alias, { type: 'AssetEvent', key: 's3://a/b', change: 'DROPPED' }]
const paths = [...new Set(app.routeAccess().map(({ url }) => url)), '/nowhere', '/', '/prefix/api/v1/lineage/']
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'] as const
const isProbe = (path: string) => path === '/livez' || path === '/readyz'

const send = (method: string, url: string, headers: Record<string, string>, payload?: unknown) =>
  app.inject({
    method: method as 'POST',
    url,
    headers,
    ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
  })

describe('while access is open', () => {
  it.each(paths.filter((path) => !isProbe(path)))(
    '%s answers names of this machine only, whatever the method',
    async (path) => {
      for (const method of methods) {
        const answer = await send(method, path, { host: 'evil.example' })
        expect(answer.statusCode, method).toBe(403)
        expect(answer.headers['content-type']).toMatch('application/problem+json')
        if (method !== 'HEAD') expect(answer.json()).toMatchObject({ code: 'HOST_NOT_ALLOWED', status: 403 })
      }
    },
  )

  it.each(paths.filter((path) => !isProbe(path)))(
    '%s refuses pages of other sites, whatever the method',
    async (path) => {
      for (const method of methods) {
        for (const headers of [
          { origin: 'https://evil.example' },
          { 'sec-fetch-site': 'cross-site' },
          { origin: 'null' },
        ]) {
          expect((await send(method, path, headers as Record<string, string>)).statusCode, method).toBe(403)
        }
      }
    },
  )

  it.each(['/livez', '/readyz'])('%s answers under every name, for probes by address', async (path) => {
    expect((await send('GET', path, { host: '10.1.2.3:8090', origin: 'https://evil.example' })).statusCode).toBe(200)
  })

  it('says which variable allows the request', async () => {
    const host = await send('GET', '/metrics', { host: 'lineage.example:8090' })
    expect(host.json().detail).toBe(
      'Host "lineage.example:8090" is not allowed; allowed: names of this machine, and those in ALLOWED_HOSTS',
    )
    const origin = await send('POST', '/api/v1/lineage', { origin: 'https://evil.example' }, openLineageRun())
    expect(origin.json()).toMatchObject({ code: 'ORIGIN_NOT_ALLOWED', detail: expect.stringMatching(/CORS_ORIGINS$/) })
    const { body } = await app.inject('/metrics')
    expect(body).toMatch(/headwater_http_refused_total\{code="HOST_NOT_ALLOWED"\} [1-9]/)
    expect(body).toMatch(/headwater_http_refused_total\{code="ORIGIN_NOT_ALLOWED"\} [1-9]/)
  })

  it('stores nothing of a page of another site, whatever else the request has', async () => {
    const before = log.events.length
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/json', '']
    const sites = [
      {},
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    const foreign = fc.oneof(
      fc.webUrl().map((url) => new URL(url).origin),
      fc.constantFrom(
        'null',
        '',
        'http://localhost:80',
        'http://127.0.0.1',
        'https://localhost.evil.example',
        'http://[::1]',
      ),
      fc.string().map((text) => text.replace(/[^\x20-\x7e]/g, '')),
    )
    const writes = fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE')
    const path = fc.constantFrom(
      ...paths.filter((each) => !isProbe(each)),
      '/api/v1/aliases?key=s3://a/b&alias=s3://c/d',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          foreign,
          method: writes,
          path,
          type: fc.constantFrom(...types),
          site: fc.constantFrom(...sites),
          body: fc.constantFrom(...bodies),
        }),
        async ({ foreign: origin, method, path: url, type, site, body }) => {
          fc.pre(!/^https?:\/\/localhost$/i.test(origin))
          const headers = { host: 'localhost', origin, ...site, ...(type === '' ? {} : { 'content-type': type }) }
          expect((await send(method, url, headers as Record<string, string>, body)).statusCode).toBe(403)
        },
      ),
    )
    expect(log.events.length).toBe(before)
  })

  it('accepts clients that are no browser, and pages of its own', async () => {
    for (const headers of [{}, { origin: 'http://localhost', host: 'localhost' }, { 'sec-fetch-site': 'none' }]) {
      expect(
        (await send('POST', '/api/v1/lineage', headers as Record<string, string>, openLineageRun())).statusCode,
      ).toBe(201)
    }
    const guard = {
      allowedHosts: ['gateway'],
      acceptsAddresses: true,
      corsOrigins: ['https://a.example'],
      acceptsLinks: true,
    }
    const wide = await buildApp({ log, guard })
    for (const host of ['gateway:8090', '10.0.0.5']) {
      const headers = { host, origin: 'https://a.example', 'sec-fetch-site': 'cross-site' }
      const answer = await wide.inject({
        method: 'POST',
        url: '/api/v1/lineage',
        headers,
        payload: JSON.stringify(openLineageRun()),
      })
      expect(answer.statusCode).toBe(201)
    }
  })
})

it('leaves every request to authentication where keys or tokens are configured', async () => {
  const access: Access = {
    ...{ kind: 'guarded', anonymousRead: true, close: () => undefined },
    verify: () => ({ kind: 'key', id: 'a', name: 'a', scopes: ['ingest'] }),
  }
  const guarded = await buildApp({ log: new InMemoryEventLog(), access })
  const foreign = { host: 'lineage.example', origin: 'https://app.example', 'sec-fetch-site': 'cross-site' }
  const post = (headers: Record<string, string>) =>
    guarded.inject({ method: 'POST', url: '/api/v1/lineage', headers, payload: JSON.stringify(openLineageRun()) })
  expect((await post(foreign)).statusCode).toBe(401)
  expect((await post({ ...foreign, authorization: 'Bearer key' })).statusCode).toBe(201)
  expect((await guarded.inject({ url: '/metrics', headers: foreign })).statusCode).toBe(200)
})
