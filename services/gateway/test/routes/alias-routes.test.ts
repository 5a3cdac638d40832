import { describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { InMemoryEventLog } from '../log/in-memory-event-log.ts'

const log = new InMemoryEventLog()
const app = await buildApp({ log })
const add = (value: unknown) => app.inject({ method: 'POST', url: '/api/v1/aliases', payload: JSON.stringify(value) })
const [key, alias] = ['s3://lake/orders', 'postgres://db/shop/public/orders']

describe('an alias', () => {
  it('is added with 201 and its position', async () => {
    const answer = await add({ key, alias })
    expect(answer.statusCode).toBe(201)
    expect(answer.headers['headwater-position']).toMatch(/^log:0:\d+$/)
    expect(log.events.at(-1)).toMatchObject({
      type: 'AssetEvent',
      event: { key, alias, change: 'ALIASED', aliasSource: 'DECLARED' },
    })
  })

  it('may cover all keys under an authority', async () => {
    await add({ key: 'postgres://analytics', alias: 'postgres://10.0.0.5:5432', authority: true })
    expect(log.events.at(-1)?.event).toMatchObject({ change: 'ALIASED', aliasSource: 'AUTHORITY' })
  })

  it('may cover the keys of a scheme without an authority', async () => {
    const alias = { key: 'snowflake://org-acct', alias: 'snowflake://', authority: true }
    expect((await add(alias)).statusCode).toBe(201)
    expect(log.events.at(-1)?.event).toMatchObject({ alias: 'snowflake://', aliasSource: 'AUTHORITY' })
    const query = { ...alias, authority: 'true' }
    expect((await app.inject({ method: 'DELETE', url: '/api/v1/aliases', query })).statusCode).toBe(204)
    expect(log.events.at(-1)?.event).toMatchObject({ alias: 'snowflake://', change: 'UNALIASED' })
  })

  it('may name assets by OpenLineage namespace and name', async () => {
    expect((await add({ key, alias: { namespace: 's3://old', name: 'orders' } })).statusCode).toBe(201)
    expect(log.events.at(-1)?.event).toMatchObject({ key, alias: 's3://old/orders' })
  })

  it('applies to the asset without its partition, for OpenLineage names', async () => {
    const trimming = await buildApp({ log, trim: ['s3://old/'] })
    const named = { namespace: 's3://old', name: 'orders/dt=2026-01-01' }
    await trimming.inject({ method: 'POST', url: '/api/v1/aliases', payload: JSON.stringify({ key, alias: named }) })
    expect(log.events.at(-1)?.event).toMatchObject({ key, alias: 's3://old/orders' })
  })

  it('is removed with 204', async () => {
    const query = { key, alias }
    const answer = await app.inject({ method: 'DELETE', url: '/api/v1/aliases', query })
    expect(answer.statusCode).toBe(204)
    expect(log.events.at(-1)?.event).toMatchObject({ key, alias, change: 'UNALIASED', aliasSource: 'DECLARED' })
    await app.inject({ method: 'DELETE', url: '/api/v1/aliases', query: { ...query, authority: 'true' } })
    expect(log.events.at(-1)?.event).toMatchObject({ change: 'UNALIASED', aliasSource: 'AUTHORITY' })
  })

  it.each([
    [{ key }, ''],
    [{ key, alias: 3 }, '/alias'],
    [{ key, alias: 'no key' }, '/alias'],
    [{ key: 'no key', alias }, '/key'],
    [{ key, alias: key }, '/alias'],
    [{ key, alias, extra: 1 }, '/extra'],
    [{ key, alias: 'postgres://' }, '/alias'],
    [{ key: 'postgres://', alias: 'postgres://db', authority: true }, '/key'],
    [[], ''],
  ])('that is invalid is refused: %j', async (body, pointer) => {
    const before = log.events.length
    const answer = await add(body)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'INVALID_PARAMETER' })
    expect(answer.json().errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
    expect(log.events.length).toBe(before)
  })

  it.each([
    [{ key, alias, Authority: 'true' }, 'Authority', 'unknown parameter "Authority"; allowed: key, namespace'],
    [{ key, alias, asOf: '2026-01-01' }, 'asOf', 'unknown parameter "asOf"'],
    [{ key, alias, name: 'orders' }, 'name', 'name does not fit together with key'],
    [{ key, alias, aliasNamespace: 's3://lake' }, 'aliasNamespace', 'does not fit together with alias'],
  ])('is not removed by parameters that would be ignored: %j', async (query, parameter, detail) => {
    const before = log.events.length
    const answer = await app.inject({ method: 'DELETE', url: '/api/v1/aliases', query })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({
      code: 'INVALID_PARAMETER',
      parameter,
      detail: expect.stringContaining(detail),
    })
    expect(log.events.length).toBe(before)
  })
})
