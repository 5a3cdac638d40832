import { type Access, AccessError, type Scope } from '@headwater/access'
import { buildMaterialization } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { createInMemoryStore } from './oracle/in-memory-store.ts'

const store = createInMemoryStore([buildMaterialization({ outputs: ['s3://lake/orders'] })])

/** Access control where a credential is the name of its scope. */
const guarded = (anonymousRead = false): Access => ({
  ...{ kind: 'guarded', anonymousRead, close: () => undefined },
  verify: (credential) => {
    if (credential === 'away') throw new AccessError('signing_keys_away', 'Try again', {}, new Error('fetch failed'))
    if (credential === 'unknown') throw new AccessError('unknown_key', 'This API key is not known here')
    return { kind: 'key', id: 'one', name: 'one', scopes: [credential as Scope] }
  },
})
const appOf = (access: Access) => buildApp({ store, access })
const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` })

describe('a guarded API', () => {
  it('refuses every route under /api/v1 without a key, and with a key without the scope read', async () => {
    const app = await appOf(guarded())
    await app.ready()
    const reads = app.routeAccess().filter(({ url, method }) => url.startsWith('/api/') && /GET|HEAD/.test(method))
    expect(reads.length).toBeGreaterThan(16)
    for (const { method, url, need } of reads) {
      expect(need, `${method} ${url}`).toBe('read')
      const get = (headers = {}) => app.inject({ method: method as 'GET', url: url.replace(':id', 'x'), headers })
      expect((await get()).statusCode, `${method} ${url}`).toBe(401)
      expect((await get(bearer('ingest'))).statusCode, `${method} ${url}`).toBe(403)
      expect([200, 400, 404], `${method} ${url}`).toContain((await get(bearer('read'))).statusCode)
    }
  })

  it('declares the needed scope of every route, and has no route that writes', async () => {
    const app = await appOf(guarded())
    await app.ready()
    for (const { method, url, need } of app.routeAccess()) {
      expect(need, `${method} ${url}`).toBeDefined()
      if (/GET|HEAD/.test(method)) continue
      const answer = await app.inject({ method: method as 'POST', url: url.replace(':id', 'x') })
      expect([401, 405], `${method} ${url}`).toContain(answer.statusCode)
    }
  })

  it.each(['/', '/livez', '/readyz', '/metrics', '/openapi.json', '/docs'])(
    'answers %s without authentication',
    async (url) => {
      expect((await (await appOf(guarded())).inject(url)).statusCode).toBe(200)
    },
  )

  it('refuses before it validates the request', async () => {
    const app = await appOf(guarded())
    expect((await app.inject('/api/v1/lineage?depth=x')).statusCode).toBe(401)
    expect((await app.inject('/api/v1/asset?key=s3://lake/orders&access_token=read')).statusCode).toBe(401)
  })

  it('gives the reason in a problem document', async () => {
    const app = await appOf(guarded())
    const answer = await app.inject({ url: '/api/v1/assets', headers: bearer('ingest') })
    expect(answer.headers['content-type']).toMatch('application/problem+json')
    expect(answer.headers['www-authenticate']).toContain('insufficient_scope')
    expect(answer.json()).toEqual({
      type: 'urn:headwater:problem:forbidden',
      title: 'Permission denied',
      status: 403,
      detail: 'This request needs the scope read; the credential has: ingest',
      code: 'FORBIDDEN',
      reason: 'missing_scope',
      required: 'read',
      held: ['ingest'],
    })
    const unknown = await app.inject({ url: '/api/v1/assets', headers: bearer('unknown') })
    expect(unknown.json()).toMatchObject({ code: 'UNAUTHENTICATED', status: 401, reason: 'unknown_key' })
  })

  it('sends Retry-After while it cannot verify a token', async () => {
    const answer = await (await appOf(guarded())).inject({ url: '/api/v1/assets', headers: bearer('away') })
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toMatch(/^\d+$/)
    expect(answer.json()).toMatchObject({ code: 'ACCESS_UNAVAILABLE' })
    expect(answer.body).not.toContain('fetch failed')
  })

  it('allows anonymous reads where that is configured', async () => {
    expect((await (await appOf(guarded(true))).inject('/api/v1/assets')).statusCode).toBe(200)
  })
})

describe('openapi.json', () => {
  const securityOf = async (access: Access) => (await (await appOf(access)).inject('/openapi.json')).json().security

  it('requires the bearer scheme where access control is on', async () => {
    expect(await securityOf(guarded())).toEqual([{ bearer: [] }])
    expect(await securityOf(guarded(true))).toEqual([{}, { bearer: [] }])
    expect(await securityOf({ kind: 'open' })).toBeUndefined()
  })
})
