import { buildMaterialization, noon } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { ApiError } from '../src/errors.ts'
import { expectDescribed } from './described-answer.ts'
import { createInMemoryStore } from './oracle/in-memory-store.ts'

const orders = 'postgres://host/db/shop/orders'
const report = 's3://bucket/größe'
const store = createInMemoryStore([
  buildMaterialization({ runId: 'r/1', inputs: ['s3://bucket/raw'], outputs: [orders] }),
  buildMaterialization({ job: 'report', inputs: [orders], outputs: [report], occurredAt: noon + 5 }),
])
store.partitionStates = [
  { topic: 'headwater.events', partition: 1, lastOffset: 7, recordedAt: noon, caughtUpAt: noon + 2_000 },
  { topic: 'headwater.events', partition: 0, lastOffset: 41, recordedAt: noon + 1_000, caughtUpAt: null },
]
const app = await buildApp({ store, now: () => noon + 5_000 })
beforeAll(() => app.ready())
afterAll(() => app.close())

async function get(path: string, query: Record<string, string | string[]> = {}) {
  const url = `/api/v1${path}`
  const answer = await app.inject({ method: 'GET', url, query })
  if (answer.json().code !== 'ROUTE_NOT_FOUND') expectDescribed(url, answer)
  return answer
}

describe('an answer', () => {
  it('reports its position and lag, in body and headers', async () => {
    const answer = await get('/asset', { key: orders })
    const position = 'headwater.events:0:41,headwater.events:1:7'
    expect(answer.json()).toMatchObject({ key: orders, position, lagMs: 4_000 })
    expect(answer.headers).toMatchObject({ 'headwater-position': position, 'headwater-lag-ms': '4000' })
  })

  it('names the records that were deleted from the log before they were folded', async () => {
    const complete = { complete: true, missingRecords: 0, gaps: [] }
    expect((await get('/asset', { key: orders })).json()).toMatchObject({ completeness: complete })
    const noted = { topic: 't', logId: '', partition: 0, noticedAt: 0 }
    const gaps = async () => [
      { ...noted, firstOffset: 3, lastOffset: 5 },
      { ...noted, firstOffset: 5, lastOffset: 7 },
    ]
    const other = await buildApp({ store: { ...store, gaps } })
    const { completeness } = (await other.inject('/api/v1/assets')).json()
    await other.close()
    const gap = { topic: 't', partition: 0, firstOffset: 3, lastOffset: 7, noticedAt: '1970-01-01T00:00:00.000Z' }
    expect(completeness).toEqual({ complete: false, missingRecords: 5, gaps: [gap] })
  })

  it.each([
    '/assets',
    '/jobs',
    '/job?jobNamespace=test&jobName=load',
    '/runs/r%2F1',
    '/runs?jobNamespace=test&jobName=load',
    `/lineage?key=${orders}`,
  ])('of %s reports its position', async (path) => {
    const answer = await get(path)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toHaveProperty('position', 'headwater.events:0:41,headwater.events:1:7')
  })

  it('reports its position for an unknown asset, too', async () => {
    const answer = await get('/asset', { key: `${orders.slice(0, -1)}` })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['headwater-position']).toBe('headwater.events:0:41,headwater.events:1:7')
    expect(answer.json()).toMatchObject({ code: 'ASSET_NOT_FOUND', didYouMean: [orders] })
  })

  it('for an unknown job suggests similar jobs', async () => {
    const answer = await get('/job', { jobNamespace: 'test', jobName: 'laod' })
    expect(answer.statusCode).toBe(404)
    const likely = { jobNamespace: 'test', jobName: 'load' }
    expect(answer.json()).toMatchObject({ code: 'JOB_NOT_FOUND', didYouMean: expect.arrayContaining([likely]) })
  })

  it('does not wait for a position that is already folded', async () => {
    expect((await get('/assets', { waitFor: 'headwater.events:1:7,headwater.events:0:3' })).statusCode).toBe(200)
  })

  it('for a position that is not folded in time is 504, with the folded offsets', async () => {
    const answer = await get('/assets', { waitFor: 'headwater.events:0:44', timeoutMs: '0' })
    expect(answer.statusCode).toBe(504)
    expect(answer.headers['content-type']).toMatch('application/problem+json')
    expect(answer.json()).toEqual({
      type: 'urn:headwater:problem:position-not-reached',
      title: 'Position not reached in time',
      status: 504,
      detail: 'headwater.events:0 is folded up to 41, waiting for offset 44',
      code: 'POSITION_NOT_REACHED',
      waitingFor: [{ topic: 'headwater.events', partition: 0, offset: 44, folded: 41, behind: 3 }],
      position: 'headwater.events:0:41,headwater.events:1:7',
    })
  })
})

describe('lineage', () => {
  it('is the graph around the root, with evidence and the state of each asset', async () => {
    const { root, nodes, edges, truncated, omitted } = (await get('/lineage', { key: orders })).json()
    expect({ root, truncated, omitted }).toEqual({ root: orders, truncated: false, omitted: [] })
    expect(nodes).toMatchObject([
      { id: 0, key: orders, depth: 0, health: 'HEALTHY', lastState: 'SUCCEEDED' },
      { id: 1, key: 's3://bucket/raw', depth: 1, health: 'UNKNOWN', lastState: null },
      { id: 2, key: report, depth: 1 },
    ])
    expect(edges).toHaveLength(2)
    expect(edges).toContainEqual({
      from: 1,
      to: 0,
      jobs: [
        {
          jobNamespace: 'test',
          jobName: 'load',
          runId: 'r/1',
          assertion: 'run',
          firstSeen: new Date(noon).toISOString(),
          lastSeen: new Date(noon).toISOString(),
          runs: 1,
          failedRuns: 0,
          current: true,
        },
      ],
    })
  })

  it('follows only the given direction', async () => {
    const { nodes } = (await get('/lineage', { key: orders, direction: 'downstream' })).json()
    expect(nodes.map(({ key }: { key: string }) => key)).toEqual([orders, report])
  })

  it('contains every end of its edges, even one that a replica does not know yet', async () => {
    const { catalog } = store
    const summaries: typeof catalog.assets.summaries = (keys) => catalog.assets.summaries(keys.slice(0, 1), {})
    const open = async () => ({ ...catalog, assets: { ...catalog.assets, summaries } })
    const lagging = await buildApp({ store: { ...store, open } })
    const answer = await lagging.inject({ url: '/api/v1/lineage', query: { key: orders, direction: 'upstream' } })
    expect(answer.json().nodes).toMatchObject([
      { id: 0, key: orders, health: 'HEALTHY' },
      { id: 1, key: 's3://bucket/raw', platform: 's3', health: 'UNKNOWN', firstSeen: new Date(noon).toISOString() },
    ])
  })

  it('counts what maxNodes left out', async () => {
    const answer = (await get('/lineage', { key: orders, maxNodes: '1' })).json()
    expect(answer).toMatchObject({ truncated: true, omitted: [{ id: 0, upstream: 1, downstream: 1 }], edges: [] })
    expect(answer.nodes).toHaveLength(1)
  })
})

describe('when the store fails', () => {
  const failing = (error: Error) => {
    const assets = { ...store.catalog.assets, card: () => Promise.reject(error) }
    return buildApp({ store: { ...store, open: async () => ({ ...store.catalog, assets }) } })
  }

  it('sends Retry-After while ClickHouse does not respond', async () => {
    const away = await failing(new ApiError('STORE_UNAVAILABLE', 'ClickHouse does not answer'))
    const answer = await away.inject({ url: '/api/v1/asset', query: { key: orders } })
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('2')
    expect(answer.json()).toMatchObject({ code: 'STORE_UNAVAILABLE' })
  })

  it('hides internal errors', async () => {
    const broken = await failing(new Error('secret'))
    const answer = await broken.inject({ url: '/api/v1/asset', query: { key: orders } })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('secret')
    expect(answer.json()).toMatchObject({ code: 'INTERNAL' })
  })
})
