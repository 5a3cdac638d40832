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

/** A credential is the list of its scopes. */
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
  const ask = (url: string, credential?: string, method: 'GET' | 'POST' | 'DELETE' | 'HEAD' = 'GET') => {
    const headers = credential === undefined ? {} : { authorization: `Bearer ${credential}` }
    return app.inject({ method, url, headers })
  }
  const status = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).statusCode
  return { app, ask, status, registry, closed: () => closed }
}

describe('a guarded service', () => {
  it('lets in whoever has the scope that a route needs, and tells the route who it is', async () => {
    const { ask, status } = await service()
    expect((await ask('/who', 'read')).json()).toEqual({ who: principal('read') })
    expect(await status('/ingest', 'ingest', 'POST')).toBe(200)
    expect(await status('/ingest', 'admin', 'POST')).toBe(200)
    expect(await status('/scope/thing', 'admin', 'DELETE')).toBe(200)
    expect(await status('/scope/thing', 'read')).toBe(200)
  })

  it('asks who is there, and says how', async () => {
    const { ask } = await service()
    const answer = await ask('/who')
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="headwater"')
    expect(answer.json()).toMatchObject({
      reason: 'no_credentials',
      detail: expect.stringContaining('Authorization: Bearer'),
    })
  })

  it('says that credentials do not hold', async () => {
    const answer = await (await service()).ask('/who', 'nobody')
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="headwater", error="invalid_token"')
  })

  it.each([
    ['read', 'This needs the scope ingest (has: read)', ['read']],
    ['-', 'This needs the scope ingest (has: none)', []],
  ])('says which scope is missing to who has %s', async (credential, detail, held) => {
    const answer = await (await service()).ask('/ingest', credential, 'POST')
    expect(answer.statusCode).toBe(403)
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer realm="headwater", error="insufficient_scope", scope="ingest"',
    )
    expect(answer.json()).toEqual({ detail, reason: 'missing_scope', required: 'ingest', held })
  })

  it('says when to come back while it cannot tell', async () => {
    const answer = await (await service()).ask('/who', 'away')
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('5')
    expect(answer.headers).not.toHaveProperty('www-authenticate')
  })

  it('is closed where a route does not say what it needs, even to an admin', async () => {
    const { ask, status } = await service()
    expect(await status('/forgotten')).toBe(401)
    expect((await ask('/forgotten', 'admin')).json()).toMatchObject({ reason: 'undeclared_route' })
    expect(await status('/docs', 'admin')).toBe(403)
  })

  it('is open for operations, and where a route or the service says so', async () => {
    const { status } = await service()
    for (const url of ['/livez', '/readyz', '/metrics', '/free', '/livez?x=1']) expect(await status(url), url).toBe(200)
  })

  it('takes no credential from the URL, and none from a cookie', async () => {
    const { app } = await service()
    for (const name of ['access_token', 'token', 'api_key', 'authorization']) {
      expect((await app.inject(`/who?${name}=read`)).statusCode).toBe(401)
    }
    expect((await app.inject({ url: '/who', cookies: { token: 'read' } })).statusCode).toBe(401)
  })

  it('asks the same for HEAD as for GET, and cannot be got around by other spellings of a path', async () => {
    const { status } = await service()
    expect(await status('/who', undefined, 'HEAD')).toBe(401)
    expect(await status('/who', 'read', 'HEAD')).toBe(200)
    for (const url of ['/%77ho', '/who?', '/who;x', '//who', '/who/', '/WHO', '/livez/../who']) {
      expect([401, 404], url).toContain(await status(url))
    }
  })

  it('answers 404 where there is nothing, whoever asks', async () => {
    expect(await (await service()).status('/nothing')).toBe(404)
  })

  it('does not read the body of who has no access', async () => {
    const { app } = await service()
    const answer = await app.inject({
      method: 'POST',
      url: '/ingest',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.statusCode).toBe(401)
  })

  it('ends what keeps its keys up to date when it is closed', async () => {
    const { app, closed } = await service()
    await app.close()
    expect(closed()).toBe(1)
  })
})

describe('with anonymous reads', () => {
  it('everybody reads, and only who may sends or changes', async () => {
    const { ask, status } = await service({ anonymousRead: true })
    expect((await ask('/who')).json()).toEqual({ who: { kind: 'anonymous', scopes: ['read'] } })
    expect(await status('/ingest', undefined, 'POST')).toBe(401)
    expect(await status('/scope/thing', undefined, 'DELETE')).toBe(401)
    expect(await status('/forgotten')).toBe(401)
  })

  it('a credential that does not hold is refused, so that its sender learns of it', async () => {
    expect(await (await service({ anonymousRead: true })).status('/who', 'nobody')).toBe(401)
  })
})

it('an open service asks nobody', async () => {
  const { ask, status } = await service({ kind: 'open' })
  expect(await status('/forgotten')).toBe(200)
  expect((await ask('/who', 'nobody')).json()).toEqual({ who: null })
})

it('lists what every route needs', async () => {
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

it('counts who was let in, by scope and key, and why others were not', async () => {
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
