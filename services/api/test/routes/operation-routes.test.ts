import { afterAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { createInMemoryAssetCatalog } from '../oracle/in-memory-asset-catalog.ts'

const store = createInMemoryAssetCatalog()
const app = await buildApp({ store })
afterAll(() => app.close())

describe('operations', () => {
  it('the process is alive even when it cannot answer questions', async () => {
    const unready = await buildApp({
      store: { ...store, problems: async () => ['The database lacks tables: runs'] },
    })
    expect((await unready.inject('/livez')).statusCode).toBe(200)
    const answer = await unready.inject('/readyz')
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ code: 'NOT_READY', reasons: ['The database lacks tables: runs'] })
  })

  it('it is ready when its catalog has no problem', async () => {
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'ok' })
  })

  it('requests are timed by the template of their route', async () => {
    await app.inject('/api/v1/runs/some-run')
    await app.inject('/no-such-path')
    const { body } = await app.inject('/metrics')
    const name = 'headwater_api_request_duration_seconds_count'
    expect(body).toContain(`${name}{route="/api/v1/runs/:id",method="GET",status="404"} 1`)
    expect(body).toContain(`${name}{route="none",method="GET",status="404"} 1`)
    expect(body).not.toContain('some-run')
  })

  it('openapi.json in the repository is what the routes say; vitest -u writes it', async () => {
    const document = (await app.inject('/openapi.json')).json()
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('../../openapi.json')
  })

  it('the documentation page names every route and needs nothing from elsewhere', async () => {
    const { body } = await app.inject('/docs')
    const { paths } = (await app.inject('/openapi.json')).json()
    for (const path of Object.keys(paths)) expect(body).toContain(`GET ${path}`)
    expect(body).not.toMatch(/https?:\/\/|<script|<link/)
  })

  it('who sends events here is told where they go', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/events', payload: {} })
    expect(answer.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND', detail: expect.stringContaining('to the gateway') })
  })

  it('tells so where a path is read, too, as OpenLineage clients post to the path of lineage', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/lineage', payload: {} })
    expect(answer.json()).toMatchObject({
      code: 'METHOD_NOT_ALLOWED',
      detail: expect.stringContaining('to the gateway'),
    })
    const deletion = await app.inject({ method: 'DELETE', url: '/api/v1/lineage' })
    expect(deletion.json().detail).toBe('DELETE is not allowed here; allowed: GET, HEAD')
  })
})
