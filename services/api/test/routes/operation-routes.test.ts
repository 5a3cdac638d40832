import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { createInMemoryStore } from '../oracle/in-memory-store.ts'

const store = createInMemoryStore()
const app = await buildApp({ store })
afterAll(() => app.close())

describe('operations', () => {
  it('livez succeeds even when readyz fails', async () => {
    const unready = await buildApp({
      store: { ...store, problems: async () => ['The database lacks tables: runs'] },
    })
    expect((await unready.inject('/livez')).statusCode).toBe(200)
    const answer = await unready.inject('/readyz')
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ code: 'NOT_READY', reasons: ['The database lacks tables: runs'] })
  })

  it('readyz succeeds when the store has no problem', async () => {
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'ok' })
  })

  it('request durations are labelled by route template', async () => {
    await app.inject('/api/v1/runs/some-run')
    await app.inject('/no-such-path')
    const { body } = await app.inject('/metrics')
    const name = 'headwater_api_request_duration_seconds_count'
    expect(body).toContain(`${name}{route="/api/v1/runs/:id",method="GET",status="404"} 1`)
    expect(body).toContain(`${name}{route="none",method="GET",status="404"} 1`)
    expect(body).not.toContain('some-run')
  })

  it('openapi.json in the repository matches the routes (update it with vitest -u)', async () => {
    const document = (await app.inject('/openapi.json')).json()
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('../../openapi.json')
  })

  it('openapi.json is valid OpenAPI 3.1, and resolves within itself', async () => {
    const document = (await app.inject('/openapi.json')).json()
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
    for (const [, reference = ''] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) {
      const steps = reference.replace(/^#\//, '').split('/')
      const found = steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document)
      expect(found, reference).toBeDefined()
    }
  })

  it('the documentation page lists every route and loads nothing from other hosts', async () => {
    const { body } = await app.inject('/docs')
    const { paths } = (await app.inject('/openapi.json')).json()
    for (const path of Object.keys(paths)) expect(body).toContain(`GET ${path}`)
    expect(body).not.toMatch(/https?:\/\/|<script|<link rel=.style/)
  })

  it('refers clients that send events to the gateway', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/events', payload: {} })
    expect(answer.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND', detail: expect.stringContaining('to the gateway') })
  })

  it('also on a path that exists: OpenLineage clients post to /api/v1/lineage', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/lineage', payload: {} })
    expect(answer.json()).toMatchObject({
      code: 'METHOD_NOT_ALLOWED',
      detail: expect.stringContaining('to the gateway'),
    })
    const deletion = await app.inject({ method: 'DELETE', url: '/api/v1/lineage' })
    expect(deletion.json().detail).toBe('DELETE is not allowed here; allowed: GET, HEAD')
  })
})
