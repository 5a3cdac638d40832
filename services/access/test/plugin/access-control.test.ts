import { fastify } from 'fastify'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import type { Access } from '../../src/access.ts'
import { AccessError } from '../../src/access-error.ts'
import { accessControl } from '../../src/plugin/access-control.ts'
import { declareAccess } from '../../src/plugin/declare-access.ts'
import type { Principal } from '../../src/principal.ts'
import type { Scope } from '../../src/scope.ts'

const principal = (...scopes: readonly Scope[]): Principal => ({ kind: 'key', id: 'key-of-one', name: 'one', scopes })

/** Each credential is the list of its scopes. */
const verify = (credential: string): Principal => {
  if (credential === 'away') throw new AccessError('signing_keys_away', 'later')
  if (credential === 'nobody') throw new AccessError('unknown_key', 'not known')
  return principal(...credential.split(',').filter((scope): scope is Scope => scope !== '-'))
}

async function service({ anonymousRead = false, kind = 'guarded' }: Partial<Access & { anonymousRead: boolean }> = {}) {
  let closed = 0
  const access: Access = kind === 'open' ? { kind } : { kind, anonymousRead, verify, close: () => void closed++ }
  const registry = new Registry()
  const app = fastify()
  app.setErrorHandler((error, _, reply) => {
    if (error instanceof AccessError) return reply.code(error.status).send({ detail: error.message, ...error.facts })
    return reply.code(500).send({ detail: String(error) })
  })
  await app.register(accessControl, { access, registry, open: ['/metrics'] })
  for (const url of ['/livez', '/readyz', '/metrics', '/docs', '/forgotten']) app.get(url, async () => 'ok')
  app.get('/who', { config: { access: 'read' } }, async ({ principal }) => ({ who: principal ?? null }))
  app.post('/ingest', { config: { access: 'ingest' } }, async () => 'ok')
  app.get('/free', { config: { access: 'none' } }, async () => 'ok')
  await app.register(
    async (scope) => {
      declareAccess(scope, 'admin')
      scope.delete('/thing', async () => 'ok')
      scope.get('/thing', { config: { access: 'read' } }, async () => 'ok')
    },
    { prefix: '/scope' },
  )
  const request = (url: string, credential?: string, method: 'GET' | 'POST' | 'DELETE' | 'HEAD' = 'GET') => {
    const headers = credential === undefined ? {} : { authorization: `Bearer ${credential}` }
    return app.inject({ method, url, headers })
  }
  const status = async (...args: Parameters<typeof request>) => (await request(...args)).statusCode
  return { app, request, status, registry, closed: () => closed }
}

describe('a guarded service', () => {
  it('allows requests with the scope of the route, and passes the principal to the handler', async () => {
    const { request, status } = await service()
    expect((await request('/who', 'read')).json()).toEqual({ who: principal('read') })
    expect(await status('/ingest', 'ingest', 'POST')).toBe(200)
    expect(await status('/ingest', 'admin', 'POST')).toBe(200)
    expect(await status('/scope/thing', 'admin', 'DELETE')).toBe(200)
    expect(await status('/scope/thing', 'read')).toBe(200)
  })

  it('answers 401 with the expected header to a request without a credential', async () => {
    const { request } = await service()
    const answer = await request('/who')
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="headwater"')
    expect(answer.json()).toMatchObject({
      reason: 'no_credentials',
      detail: expect.stringContaining('Authorization: Bearer'),
    })
  })

  it('answers 401 invalid_token to an invalid credential', async () => {
    const answer = await (await service()).request('/who', 'nobody')
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="headwater", error="invalid_token"')
  })

  it.each([
    ['read', 'This request needs the scope ingest; the credential has: read', ['read']],
    ['-', 'This request needs the scope ingest; the credential has: none', []],
  ])('answers 403 with the missing scope to a credential with %s', async (credential, detail, held) => {
    const answer = await (await service()).request('/ingest', credential, 'POST')
    expect(answer.statusCode).toBe(403)
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer realm="headwater", error="insufficient_scope", scope="ingest"',
    )
    expect(answer.json()).toEqual({ detail, reason: 'missing_scope', required: 'ingest', held })
  })

  it('answers 503 with Retry-After while tokens cannot be verified', async () => {
    const answer = await (await service()).request('/who', 'away')
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('5')
    expect(answer.headers).not.toHaveProperty('www-authenticate')
  })

  it('refuses routes that declare no scope, even to an admin', async () => {
    const { request, status } = await service()
    expect(await status('/forgotten')).toBe(401)
    expect((await request('/forgotten', 'admin')).json()).toMatchObject({ reason: 'undeclared_route' })
    expect(await status('/docs', 'admin')).toBe(403)
  })

  it('allows operation routes, and routes that are declared open, without a credential', async () => {
    const { status } = await service()
    for (const url of ['/livez', '/readyz', '/metrics', '/free', '/livez?x=1']) expect(await status(url), url).toBe(200)
  })

  it('ignores credentials in the URL and in cookies', async () => {
    const { app } = await service()
    for (const name of ['access_token', 'token', 'api_key', 'authorization']) {
      expect((await app.inject(`/who?${name}=read`)).statusCode).toBe(401)
    }
    expect((await app.inject({ url: '/who', cookies: { token: 'read' } })).statusCode).toBe(401)
  })

  it('requires the same for HEAD as for GET, and for other spellings of a path', async () => {
    const { status } = await service()
    expect(await status('/who', undefined, 'HEAD')).toBe(401)
    expect(await status('/who', 'read', 'HEAD')).toBe(200)
    for (const url of ['/%77ho', '/who?', '/who;x', '//who', '/who/', '/WHO', '/livez/../who']) {
      expect([401, 404], url).toContain(await status(url))
    }
  })

  it('answers 404 to unknown paths without a credential', async () => {
    expect(await (await service()).status('/nothing')).toBe(404)
  })

  it('does not read the body of a refused request', async () => {
    const { app } = await service()
    const answer = await app.inject({
      method: 'POST',
      url: '/ingest',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.statusCode).toBe(401)
  })

  it('stops watching the keys when it is closed', async () => {
    const { app, closed } = await service()
    await app.close()
    expect(closed()).toBe(1)
  })
})

describe('with anonymous reads', () => {
  it('allows reads without a credential, and nothing else', async () => {
    const { request, status } = await service({ anonymousRead: true })
    expect((await request('/who')).json()).toEqual({ who: { kind: 'anonymous', scopes: ['read'] } })
    expect(await status('/ingest', undefined, 'POST')).toBe(401)
    expect(await status('/scope/thing', undefined, 'DELETE')).toBe(401)
    expect(await status('/forgotten')).toBe(401)
  })

  it('still refuses an invalid credential', async () => {
    expect(await (await service({ anonymousRead: true })).status('/who', 'nobody')).toBe(401)
  })
})

it('an open service requires no credential', async () => {
  const { request, status } = await service({ kind: 'open' })
  expect(await status('/forgotten')).toBe(200)
  expect((await request('/who', 'nobody')).json()).toEqual({ who: null })
})

it('lists the required scope of every route', async () => {
  const { app } = await service({ kind: 'open' })
  expect(app.routeAccess()).toEqual(
    expect.arrayContaining([
      { method: 'GET', url: '/livez', need: 'none' },
      { method: 'GET', url: '/metrics', need: 'none' },
      { method: 'GET', url: '/forgotten', need: undefined },
      { method: 'POST', url: '/ingest', need: 'ingest' },
      { method: 'DELETE', url: '/scope/thing', need: 'admin' },
      { method: 'GET', url: '/scope/thing', need: 'read' },
      { method: 'HEAD', url: '/scope/thing', need: 'read' },
    ]),
  )
})

it('counts granted requests by scope and key, and refused ones by reason', async () => {
  const { status, registry } = await service({ anonymousRead: true })
  for (const credential of ['read', 'read', 'nobody', undefined]) await status('/who', credential)
  await status('/ingest', 'read', 'POST')
  await status('/livez')
  const text = await registry.metrics()
  expect(text).toContain('headwater_access_granted_total{scope="read",key="key-of-one"} 2')
  expect(text).toContain('headwater_access_granted_total{scope="read",key="anonymous"} 1')
  expect(text).toContain('headwater_access_refused_total{reason="unknown_key"} 1')
  expect(text).toContain('headwater_access_refused_total{reason="missing_scope"} 1')
  expect(text).toContain('headwater_access_refused_total{reason="key_revoked"} 0')
})
