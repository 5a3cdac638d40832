import { fastify } from 'fastify'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { type ErrorPolicy, errorHandler, errorOptions } from '../../src/error-handler.ts'
import { type GuardRules, ownPagesOnly } from '../../src/guard/index.ts'
import { browserSafety } from '../../src/plugins/browser-safety.ts'

const policy: ErrorPolicy = {
  methods: ['GET', 'HEAD', 'POST'],
  ofFastify: () => undefined,
  ofConnection: () => undefined,
  notFoundHint: () => 'look elsewhere',
  isLogged: () => false,
  retryAfterSeconds: () => 1,
}
const dashboard = 'https://grafana.example.com'

async function service(rules: Partial<GuardRules> = {}, isAnonymous = () => true) {
  const lines: string[] = []
  const logger = { level: 'warn', stream: { write: (line: string) => void lines.push(line) } }
  const app = fastify({ logger, ...errorOptions(policy) })
  await app.register(errorHandler, policy)
  const registry = new Registry()
  const { methods } = policy
  await app.register(browserSafety, { rules: { ...ownPagesOnly, ...rules }, isAnonymous, registry, methods })
  app.get('/data', async (_, reply) => reply.header('headwater-position', 'log:0:1').send({ data: 1 }))
  app.post('/data', async () => ({ stored: 1 }))
  app.get('/failing', async () => {
    throw new Error('broken')
  })
  return { app, lines }
}

describe('every answer', () => {
  it.each(['/data', '/failing', '/nowhere', '/%zz'])('of %s limits what pages can do with it', async (url) => {
    const { app } = await service()
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS'] as const) {
      const { headers } = await app.inject({ method, url })
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      })
      expect(headers).not.toHaveProperty('server')
      expect(headers).not.toHaveProperty('access-control-allow-origin')
    }
  })
})

describe('CORS_ORIGINS', () => {
  const preflight = { origin: dashboard, 'access-control-request-method': 'POST', 'sec-fetch-site': 'cross-site' }

  it('lets pages of these origins send requests, and read answers and their position', async () => {
    const { app } = await service({ corsOrigins: [dashboard] })
    const answer = await app.inject({ method: 'POST', url: '/data', headers: { origin: dashboard } })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': dashboard,
      'access-control-expose-headers': 'Headwater-Position, Headwater-Lag-Ms, Retry-After',
      vary: 'Origin',
    })
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials')
  })

  it.each(['/nowhere', '/failing'])('lets them read the problem at %s', async (url) => {
    const { app } = await service({ corsOrigins: [dashboard] })
    const answer = await app.inject({ url, headers: { origin: dashboard } })
    expect(answer.statusCode).toBeGreaterThan(399)
    expect(answer.headers['access-control-allow-origin']).toBe(dashboard)
  })

  it('lets them read that the Host is not allowed', async () => {
    const { app } = await service({ corsOrigins: [dashboard] })
    const answer = await app.inject({ url: '/data', headers: { origin: dashboard, host: 'lineage.example' } })
    expect(answer.json()).toMatchObject({ code: 'HOST_NOT_ALLOWED' })
    expect(answer.headers['access-control-allow-origin']).toBe(dashboard)
  })

  it('answers preflights, which carry no credential', async () => {
    const { app } = await service({ corsOrigins: [dashboard] }, () => false)
    app.addHook('onRequest', async (_, reply) => reply.code(401).send())
    const answer = await app.inject({ method: 'OPTIONS', url: '/data', headers: preflight })
    expect(answer.statusCode).toBe(204)
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': dashboard,
      'access-control-allow-methods': 'GET, HEAD, POST',
      'access-control-allow-headers': 'Authorization, Content-Type, Content-Encoding',
      'access-control-max-age': '600',
    })
  })

  it.each(['https://evil.example', 'null', `${dashboard}.evil.example`, 'http://grafana.example.com', ''])(
    'gives pages of %j nothing, not even a preflight',
    async (origin) => {
      const { app } = await service({ corsOrigins: [dashboard] })
      for (const method of ['GET', 'POST', 'OPTIONS'] as const) {
        const answer = await app.inject({ method, url: '/data', headers: { ...preflight, origin } })
        expect(answer.statusCode).toBe(403)
        expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
        expect(answer.headers['vary']).toBe('Origin')
      }
    },
  )

  it('answers OPTIONS that is no preflight as without it', async () => {
    const { app } = await service({ corsOrigins: [dashboard] })
    expect((await app.inject({ method: 'OPTIONS', url: '/data', headers: { origin: dashboard } })).statusCode).toBe(404)
    expect((await app.inject({ method: 'OPTIONS', url: '/data' })).statusCode).toBe(404)
  })

  it('lets every origin read where it is *', async () => {
    const { app } = await service({ corsOrigins: ['*'] }, () => false)
    const answer = await app.inject({ url: '/data', headers: { origin: 'https://any.example' } })
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    expect((await app.inject({ method: 'OPTIONS', url: '/data', headers: preflight })).statusCode).toBe(204)
  })
})

it('logs refusals once a minute, however many there are', async () => {
  const { app, lines } = await service()
  for (let n = 0; n < 50; n++) await app.inject({ url: `/data?${n}`, headers: { host: 'evil.example' } })
  expect(lines.filter((line) => line.includes('evil.example'))).toHaveLength(1)
})

it('refuses foreign pages also where the URL cannot be decoded', async () => {
  const { app } = await service()
  const answer = await app.inject({ method: 'POST', url: '/%zz', headers: { origin: 'https://evil.example' } })
  expect(answer.json()).toMatchObject({ status: 403, code: 'ORIGIN_NOT_ALLOWED' })
})
