import { buildMaterialization, noon } from '@headwater/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { createInMemoryStore } from '../oracle/in-memory-store.ts'

const hour = 3_600_000
const orders = 's3://bucket/orders'
const store = createInMemoryStore(
  [0, 1, 2].map((at) =>
    buildMaterialization({ runId: `r${at}`, outputs: [orders, `s3://bucket/${at}`], occurredAt: noon + at * hour }),
  ),
)
let now = noon + 3 * hour
const app = await buildApp({ store, now: () => now })
afterAll(() => app.close())

const get = async (path: string, query: Readonly<Record<string, string>> = {}) => {
  const answer = await app.inject({ url: `/api/v1${path}`, query })
  return answer.json() as { items: object[]; nextCursor: string; status?: number }
}

const job = { jobNamespace: 'test', jobName: 'load' }
const lists = [
  ['/assets', {}, { prefix: 's3://bucket/' }],
  ['/runs', job, { ...job, state: 'SUCCEEDED' }],
  ['/asset/materializations', { key: orders }, { key: orders, asOf: '1h' }],
] as const

describe('the cursor of a page', () => {
  it.each(lists)('of %s leads through the whole list, with any limit', async (path, query) => {
    const all = await get(path, query)
    const first = await get(path, { ...query, limit: '1' })
    const rest = await get(path, { ...query, limit: '50', cursor: first.nextCursor })
    expect([...first.items, ...rest.items]).toEqual(all.items)
    expect(all.items.length).toBeGreaterThan(2)
  })

  it.each(lists)('of %s is refused with other parameters', async (path, query, other) => {
    const { nextCursor: cursor } = await get(path, { ...query, limit: '1' })
    const refusal = { status: 400, code: 'INVALID_CURSOR', parameter: 'cursor', errors: [{ parameter: 'cursor' }] }
    expect(await get(path, { ...other, cursor })).toMatchObject(refusal)
  })

  it('is refused by every other list', async () => {
    const all = { ...Object.fromEntries(lists), '/jobs': {}, '/aliases/suspicious': {} }
    for (const [path, query] of lists) {
      const { nextCursor: cursor } = await get(path, { ...query, limit: '1' })
      for (const [other, otherQuery] of Object.entries<Record<string, string>>(all)) {
        if (other === path) continue
        expect(await get(other, { ...otherQuery, cursor })).toMatchObject({ status: 400, code: 'INVALID_CURSOR' })
      }
    }
  })

  it('keeps the moment: a time ago is the same time on every page', async () => {
    const query = { key: orders, asOf: '2h', limit: '1' } // of noon + 3 h
    const first = await get('/asset/materializations', query)
    expect(first).toMatchObject({ items: [{ runId: 'r1' }] })
    now += hour
    const second = await get('/asset/materializations', { ...query, cursor: first.nextCursor })
    expect(second).toMatchObject({ items: [{ runId: 'r0' }], nextCursor: null })
    now -= hour
  })
})
