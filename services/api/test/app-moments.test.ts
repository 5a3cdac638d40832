import { buildMaterialization, noon } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { createInMemoryStore } from './oracle/in-memory-store.ts'

const orders = 'postgres://host/db/shop/orders'
const report = 's3://bucket/größe'
const store = createInMemoryStore([
  buildMaterialization({ runId: 'r/1', inputs: ['s3://bucket/raw'], outputs: [orders] }),
  buildMaterialization({ job: 'report', inputs: [orders], outputs: [report], occurredAt: noon + 5 }),
])
const app = await buildApp({ store, now: () => noon + 5_000 })
beforeAll(() => app.ready())
afterAll(() => app.close())

const get = (path: string, query: Record<string, string | string[]> = {}) =>
  app.inject({ method: 'GET', url: `/api/v1${path}`, query })

describe('at an earlier moment', () => {
  const at = (ms: number) => new Date(noon + ms).toISOString()

  it('the graph contains only events that occurred by then, and the answer repeats the moment', async () => {
    const then = (await get('/lineage', { key: orders, asOf: at(4) })).json()
    expect(then).toMatchObject({ asOf: at(4), knownAt: null, edgeChoice: 'current', edges: [{ from: 1, to: 0 }] })
    expect((await get('/lineage', { key: orders, asOf: at(5) })).json().edges).toHaveLength(2)
  })

  it('an asset that only later events name is not found, with the time of the first one', async () => {
    const answer = await get('/asset', { key: report, asOf: at(4) })
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toMatchObject({ code: 'ASSET_NOT_FOUND', firstSeen: at(5), didYouMean: [] })
    expect(answer.json().detail).toContain(`the first one occurred at ${at(5)}`)
    expect((await get('/asset', { key: report, asOf: at(5) })).json()).toMatchObject({ key: report })
  })

  it('a plus sign in the time need not be encoded, and a day begins at midnight UTC', async () => {
    const raw = await app.inject({ url: `/api/v1/lineage?key=${orders}&asOf=2026-01-16T01:00:00+01:00` })
    expect(raw.json()).toMatchObject({ asOf: '2026-01-16T00:00:00.000Z' })
    expect((await get('/lineage', { key: orders, asOf: '2026-01-16' })).json()).toMatchObject({
      asOf: '2026-01-16T00:00:00.000Z',
    })
  })

  it.each(['asOf', 'knownAt'])('%s takes a time ago, as the command line does', async (parameter) => {
    const answer = (await get('/lineage', { key: orders, [parameter]: '3s' })).json()
    expect(answer).toMatchObject({ [parameter]: at(2_000) })
    expect((await get('/lineage', { key: orders, [parameter]: 'P1DT1H' })).json()).toMatchObject({
      ...{ code: 'ASSET_NOT_FOUND', firstSeen: at(0) },
    })
  })

  it('a diff takes times ago as well', async () => {
    const diff = (await get('/lineage/diff', { from: '1d', to: '2s' })).json()
    expect(diff).toMatchObject({ from: at(5_000 - 86_400_000), to: at(3_000), total: { added: 2, removed: 0 } })
  })

  it('seenWithin counts back from asOf, or from now', async () => {
    const seen = async (query: Record<string, string>) =>
      (await get('/lineage', { key: orders, ...query })).json() as { seenSince: string; edges?: object[] }
    expect(await seen({ edges: 'seenWithin=5s' })).toMatchObject({ seenSince: at(0), edgeChoice: 'seenWithin' })
    expect((await seen({ edges: 'seenWithin', seenWithin: 'PT4S' })).edges).toEqual([])
    expect((await seen({ edges: 'seenWithin=3ms', asOf: at(6) })).edges).toHaveLength(1)
    expect((await seen({ edges: 'ever', asOf: '1500-01-01' })).edges).toBeUndefined()
  })

  it('paths follow the flow of data, with evidence', async () => {
    const found = (await get('/lineage/paths', { from: 's3://bucket/raw', to: report })).json()
    expect(found).toMatchObject({ paths: [[0, 2, 1]], more: false, truncated: false })
    expect(found.nodes.map(({ key }: { key: string }) => key)).toEqual(['s3://bucket/raw', report, orders])
    expect(found.edges).toMatchObject([{ jobs: [{ jobName: 'load' }] }, { jobs: [{ jobName: 'report' }] }])
    expect((await get('/lineage/paths', { from: report, to: 's3://bucket/raw' })).json().paths).toEqual([])
  })

  it('a diff names each changed edge, its job and the causing run', async () => {
    const diff = (await get('/lineage/diff', { from: at(1), to: at(9) })).json()
    expect(diff).toMatchObject({
      ...{ from: at(1), to: at(9), key: null, truncated: false, removed: [], total: { added: 1, removed: 0 } },
      added: [{ from: orders, to: report, jobName: 'report', cause: 'run', at: at(5), run: { jobName: 'report' } }],
    })
    const around = (await get('/lineage/diff', { from: at(1), key: 's3://bucket/raw', depth: '1' })).json()
    expect(around).toMatchObject({ added: [], key: 's3://bucket/raw' })
    expect((await get('/lineage/diff', { from: at(-1), limit: '1' })).json()).toMatchObject({
      truncated: true,
      total: { added: 2 },
    })
  })
})

describe('when history has expired', () => {
  const horizon = noon + 2
  const kept = new Date(horizon).toISOString()
  const later = new Date(noon + 60_000).toISOString()
  const getExpired = async (path: string, query: Record<string, string>) => {
    const expired = await buildApp({ store: { ...store, horizon: async () => horizon } })
    return expired.inject({ url: `/api/v1${path}`, query })
  }

  it.each([
    ['/lineage', { key: orders, asOf: '2026-01-15' }, 'asOf'],
    ['/lineage', { key: orders, asOf: later, knownAt: '2026-01-15' }, 'knownAt'],
    ['/asset', { key: orders, asOf: '2026-01-15' }, 'asOf'],
    ['/asset/materializations', { key: orders, knownAt: '2026-01-15' }, 'knownAt'],
    ['/lineage/paths', { from: orders, to: report, asOf: '2026-01-15' }, 'asOf'],
    ['/lineage/diff', { from: '2026-01-15' }, 'from'],
    ['/jobs', { asOf: '2026-01-15' }, 'asOf'],
    ['/runs/r%2F1', { asOf: '2026-01-15' }, 'asOf'],
  ])('GET %s with %o is refused, with the horizon', async (path, query, parameter) => {
    const answer = await getExpired(path, query as unknown as Record<string, string>)
    expect(answer.statusCode).toBe(410)
    expect(answer.json()).toMatchObject({ code: 'BEYOND_HORIZON', parameter, horizon: kept })
  })

  it('moments from the horizon on are answered, and lists state since when they are complete', async () => {
    expect((await getExpired('/lineage', { key: orders, asOf: kept })).statusCode).toBe(200)
    expect((await getExpired('/asset/materializations', { key: orders })).json()).toMatchObject({ expiredBefore: kept })
    expect((await getExpired('/runs', { jobNamespace: 'test', jobName: 'load' })).json()).toMatchObject({
      expiredBefore: kept,
    })
    expect((await get('/asset/materializations', { key: orders })).json()).toMatchObject({ expiredBefore: null })
    expect((await getExpired('/runs/none', {})).json().detail).toContain(`it ended before ${kept} and has expired`)
  })
})
