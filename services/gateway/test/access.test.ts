import { type Access, AccessError, type Scope } from '@headwater/access'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { openLineageRun } from './events/open-lineage-run.ts'
import { InMemoryEventLog } from './log/in-memory-event-log.ts'

/** Each credential is the name of its scope. */
const guarded: Access = {
  ...{ kind: 'guarded', anonymousRead: true, close: () => undefined },
  verify: (credential) => {
    if (credential === 'away') throw new AccessError('signing_keys_away', 'Try again', {}, new Error('fetch failed'))
    if (credential === 'unknown') throw new AccessError('unknown_key', 'Unknown API key')
    return { kind: 'key', id: 'one', name: 'one', scopes: [credential as Scope] }
  },
}
const needs: Readonly<Record<string, Scope>> = {
  'POST /api/v1/lineage': 'ingest',
  'POST /api/v1/lineage/batch': 'ingest',
  'POST /api/v1/events': 'ingest',
  'POST /api/v1/aliases': 'admin',
  'DELETE /api/v1/aliases': 'admin',
}
const log = new InMemoryEventLog()
const app = await buildApp({ log, access: guarded })
await app.ready()
const routes = app.routeAccess()
const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` })
const request = (method: string, url: string, headers = {}) =>
  app.inject({ method: method as 'POST', url, headers, ...(method === 'POST' ? { payload: '{}' } : {}) })

describe('a guarded gateway', () => {
  it('requires the expected scope on every ingest route, and none on the rest', () => {
    const asking = routes.filter(({ need }) => need !== 'none')
    expect(Object.fromEntries(asking.map(({ method, url, need }) => [`${method} ${url}`, need]))).toEqual(needs)
  })

  it.each(Object.entries(needs))('allows %s with the scope %s only', async (route, need) => {
    const [method = '', url = ''] = route.split(' ')
    const nobody = await request(method, url)
    expect(nobody.statusCode).toBe(401)
    expect(nobody.headers['www-authenticate']).toBe('Bearer realm="headwater"')
    const reader = await request(method, url, bearer('read'))
    expect(reader.statusCode).toBe(403)
    expect(reader.json()).toMatchObject({ code: 'FORBIDDEN', reason: 'missing_scope', required: need, held: ['read'] })
    expect((await request(method, url, bearer(need))).statusCode).toBe(400)
  })

  it('stores nothing through the open routes', async () => {
    const before = log.events.length
    for (const { method, url } of routes.filter(({ need }) => need === 'none')) {
      const answer = await request(method, url)
      const isRead = /GET|HEAD/.test(method) && !url.startsWith('/api/')
      expect(isRead ? [200, 204] : [404, 405], `${method} ${url}`).toContain(answer.statusCode)
    }
    expect(log.events.length).toBe(before)
  })

  it.each(['/prefix/api/v1/lineage/', '/api/v1/lineage/', '//api/v1/lineage'])(
    'also requires a key at %s',
    async (url) => {
      const post = (headers = {}) =>
        app.inject({ method: 'POST', url, headers, payload: JSON.stringify(openLineageRun()) })
      expect((await post()).statusCode).toBe(401)
      expect((await post(bearer('ingest'))).statusCode).toBe(201)
    },
  )

  it('refuses a request before its body is read', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/lineage', payload: 'no json' })
    expect(answer.statusCode).toBe(401)
    expect(answer.json()).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'no_credentials' })
  })

  it('answers 503 with Retry-After while tokens cannot be verified', async () => {
    const answer = await request('POST', '/api/v1/lineage', bearer('away'))
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toMatch(/^\d+$/)
    expect(answer.body).not.toContain('fetch failed')
  })

  it('counts refusals by reason', async () => {
    await request('POST', '/api/v1/events', bearer('unknown'))
    const { body } = await app.inject('/metrics')
    expect(body).toContain('headwater_access_refused_total{reason="unknown_key"} 1\n')
    expect(body).toMatch(/headwater_access_refused_total\{reason="missing_scope"\} [1-9]/)
  })
})
