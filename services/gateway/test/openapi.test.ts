import type { Access } from '@headwater/access'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { GatewayError } from '../src/errors.ts'
import { openLineageRun } from './events/open-lineage-run.ts'
import { InMemoryEventLog } from './log/in-memory-event-log.ts'

type Content = Readonly<Record<string, { readonly schema: object }>>
type Response = { readonly headers?: object; readonly content?: Content }
type Operation = {
  readonly operationId: string
  readonly security: readonly object[]
  readonly responses: Readonly<Record<string, Response>>
}
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: object }
}

const guarded: Access = {
  ...{ kind: 'guarded', anonymousRead: false, close: () => undefined },
  verify: () => ({ kind: 'key', id: 'one', name: 'one', scopes: ['ingest'] }),
}
const log = new InMemoryEventLog()
const app = await buildApp({ log })
const document = (await app.inject('/openapi.json')).json<Document>()

const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  )

describe('the OpenAPI document', () => {
  it('matches openapi.json; vitest -u updates it', async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('../openapi.json')
  })

  it('lists every route except those that answer 405, with unique operation ids', async () => {
    const routes = app
      .routeAccess()
      .filter(({ method, url }) => method !== 'HEAD' && !document.paths[url]?.[method.toLowerCase()])
    const answered = await Promise.all(
      routes.map(async ({ method, url }) => [url, (await app.inject({ method: method as 'GET', url })).statusCode]),
    )
    const left = answered.filter(([, status]) => status !== 405)
    expect(left).toEqual([
      ['/', 200],
      ['/favicon.ico', 204],
      ['/openapi.json', 200],
      ['/docs', 200],
    ])
    const names = operationsOf(document).map(([, { operationId }]) => operationId)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toHaveLength(8)
  })

  it('requires no credential with open access, and the scope of each route otherwise', async () => {
    expect(operationsOf(document).flatMap(([, { security }]) => security)).toEqual([])
    const closed = await buildApp({ log: new InMemoryEventLog(), access: guarded })
    const answer = await closed.inject('/openapi.json')
    expect(answer.statusCode).toBe(200)
    const scopes = operationsOf(answer.json<Document>()).map(([route, { security }]) => [route, security])
    expect(Object.fromEntries(scopes)).toEqual({
      'POST /api/v1/lineage': [{ bearer: ['ingest'] }],
      'POST /api/v1/lineage/batch': [{ bearer: ['ingest'] }],
      'POST /api/v1/events': [{ bearer: ['ingest'] }],
      'POST /api/v1/aliases': [{ bearer: ['admin'] }],
      'DELETE /api/v1/aliases': [{ bearer: ['admin'] }],
      'GET /livez': [],
      'GET /readyz': [],
      'GET /metrics': [],
    })
  })

  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
  })

  it('resolves every reference, all within itself', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to = '']) => to)
    for (const reference of references) {
      expect(reference).toMatch(/^#\//)
      const steps = reference.replace(/^#\//, '').split('/')
      const found = steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document)
      expect(found, reference).toBeDefined()
    }
  })

  it.each([
    [openLineageRun(), true],
    [{ eventTime: '2026-01-01T00:00:00Z', job: { namespace: 'a', name: 'b' } }, true],
    [{ eventTime: '2026-01-01T00:00:00Z', dataset: { namespace: 's3://a', name: 'b' } }, true],
    [{ eventTime: '2026-01-01T00:00:00Z', run: { runId: '' }, job: { namespace: 'a', name: 'b' } }, false],
    [{ eventTime: '2026-01-01T00:00:00Z', job: { namespace: 'a' } }, false],
    [{ job: { namespace: 'a', name: 'b' } }, false],
  ])('describes which OpenLineage events are accepted: %o', async (event, isAccepted) => {
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    const { components } = document
    const schema = { $ref: '#/components/schemas/OpenLineageEvent', components }
    if (isAccepted) expect(ajv.validate(schema, event), ajv.errorsText()).toBe(true)
    const answer = await app.inject({ method: 'POST', url: '/api/v1/lineage', payload: JSON.stringify(event) })
    expect(answer.statusCode).toBe(isAccepted ? 201 : 400)
  })

  it.each([
    ['/api/v1/lineage', openLineageRun(), 201],
    ['/api/v1/lineage', [openLineageRun()], 204],
    ['/api/v1/lineage/batch', [openLineageRun(), 3], 200],
    ['/api/v1/events', { type: 'AssetEvent', key: 's3://a/b', change: 'DROPPED' }, 201],
    ['/api/v1/events', { type: 'AssetEvent' }, 400],
    ['/api/v1/aliases', { key: 's3://a/b' }, 400],
    ['/api/v1/lineage', 'away', 503],
  ])('describes the answer of %s to %o: %d', async (url, body, status) => {
    if (body === 'away') log.failure = () => new GatewayError('LOG_UNAVAILABLE', 'not now')
    const payload = JSON.stringify(body === 'away' ? openLineageRun() : body)
    const answer = await app.inject({ method: 'POST', url, payload }).finally(() => (log.failure = undefined))
    expect(answer.statusCode).toBe(status)
    const described = document.paths[url]?.['post']?.responses[status]
    for (const name of Object.keys(described?.headers ?? {})) expect(answer.headers).toHaveProperty(name.toLowerCase())
    const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(described?.content ?? {})
    expect(answer.headers['content-type'] ?? '').toMatch(type)
    const { components } = document
    if (type !== '')
      expect(new Ajv2020({ strict: false }).validate({ ...schema, components }, answer.json())).toBe(true)
    else expect(answer.body).toBe('')
  })
})
