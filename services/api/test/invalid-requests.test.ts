import { buildMaterialization, noon } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { expectDescribed } from './described-answer.ts'
import { createInMemoryStore } from './oracle/in-memory-store.ts'

const orders = 'postgres://host/db/shop/orders'
const report = 's3://bucket/größe'
const store = createInMemoryStore([
  buildMaterialization({ runId: 'r/1', outputs: [orders] }),
  buildMaterialization({ job: 'report', inputs: [orders], outputs: [report], occurredAt: noon + 5 }),
])
const app = await buildApp({ store })

async function get(path: string, query: Record<string, string | string[]> = {}) {
  const url = `/api/v1${path}`
  const answer = await app.inject({ method: 'GET', url, query })
  if (answer.json().code !== 'ROUTE_NOT_FOUND') expectDescribed(url, answer)
  return answer
}

describe('invalid requests', () => {
  it.each([
    [
      '/asset',
      {},
      'INVALID_PARAMETER',
      'key',
      'key is missing: give either key (e.g. s3://bucket/path), or both namespace and name',
    ],
    [
      '/asset',
      { key: '' },
      'INVALID_ASSET_KEY',
      'key',
      'An asset key is empty; expected a URI such as s3://bucket/path',
    ],
    ['/asset', { key: [orders, orders] }, 'INVALID_PARAMETER', 'key', 'key is given 2 times; give it once'],
    ['/asset', { key: 'orders' }, 'INVALID_ASSET_KEY', 'key', 'does not start with a scheme'],
    ['/asset', { key: 's3://a b' }, 'INVALID_ASSET_KEY', 'key', 'a space at character 7'],
    ['/asset', { key: `s3://${'x'.repeat(10_000)}` }, 'INVALID_ASSET_KEY', 'key', 'has 10005 characters; at most 2048'],
    [
      '/lineage',
      { key: orders, depth: '-1' },
      'INVALID_PARAMETER',
      'depth',
      'depth must be an integer from 0 to 1000, not -1',
    ],
    [
      '/lineage',
      { key: orders, depth: 'abc' },
      'INVALID_PARAMETER',
      'depth',
      'depth must be an integer from 0 to 1000, not "abc"',
    ],
    [
      '/lineage',
      { key: orders, depth: '' },
      'INVALID_PARAMETER',
      'depth',
      'depth must be an integer from 0 to 1000, not ""',
    ],
    ['/lineage', { key: orders, maxNodes: '0' }, 'INVALID_PARAMETER', 'maxNodes', 'from 1 to 10000, not 0'],
    [
      '/lineage',
      { key: orders, direction: 'up' },
      'INVALID_PARAMETER',
      'direction',
      'direction must be one of upstream, downstream, both, not "up"',
    ],
    [
      '/lineage',
      { key: orders, asof: '2026' },
      'INVALID_PARAMETER',
      'asof',
      'unknown parameter "asof"; did you mean asOf?; allowed: key, namespace, name, direction, depth, maxNodes, columns, edges, seenWithin, asOf, knownAt, waitFor, timeoutMs',
    ],
    ['/lineage', { key: orders, columns: 'yes' }, 'INVALID_PARAMETER', 'columns', 'must be true or false, not "yes"'],
    ['/columns/lineage', { key: orders, edges: 'ever' }, 'INVALID_PARAMETER', 'edges', 'unknown parameter "edges"'],
    ['/columns/lineage', { key: orders, column: '' }, 'INVALID_PARAMETER', 'column', 'a text of 1 to 1024 characters'],
    ['/lineage', { key: orders, asOf: 'yesterday' }, 'INVALID_PARAMETER', 'asOf', 'asOf must be a time such as'],
    ['/asset', { key: orders, knownAt: '2026-02-30' }, 'INVALID_PARAMETER', 'knownAt', 'not "2026-02-30"'],
    ['/lineage', { key: orders, edges: 'all' }, 'INVALID_PARAMETER', 'edges', 'must be current, ever or seenWithin='],
    ['/lineage', { key: orders, edges: 'seenWithin' }, 'INVALID_PARAMETER', 'edges', 'lacks its duration'],
    ['/lineage', { key: orders, edges: 'ever', seenWithin: '3d' }, 'INVALID_PARAMETER', 'edges', 'do not fit together'],
    ['/lineage', { key: orders, seenWithin: '3 d' }, 'INVALID_PARAMETER', 'seenWithin', 'must be a duration such as'],
    ['/lineage', { key: orders, dpeth: '2' }, 'INVALID_PARAMETER', 'dpeth', 'did you mean depth?'],
    ['/asset', { key: orders, name: 'b' }, 'INVALID_PARAMETER', 'name', 'does not fit together with key'],
    ['/asset', { namespace: 'a' }, 'INVALID_PARAMETER', 'name', 'name is missing beside namespace'],
    ['/asset', { name: 'a' }, 'INVALID_PARAMETER', 'namespace', 'namespace is missing beside name'],
    ['/lineage/diff', { from: '01.02.2026' }, 'INVALID_PARAMETER', 'from', 'from must be a time such as'],
    ['/lineage/diff', { from: '1d', to: '' }, 'INVALID_PARAMETER', 'to', 'to must be'],
    ['/assets', { q: '' }, 'INVALID_PARAMETER', 'q', 'a text of 1 to 1024 characters'],
    ['/assets', { q: ['a', 'b'] }, 'INVALID_PARAMETER', 'q', 'q is given 2 times; give it once'],
    ['/jobs', { limit: ['1', '2'] }, 'INVALID_PARAMETER', 'limit', 'limit is given 2 times; give it once'],
    ['/job', { namespace: 'test', jobName: 'load' }, 'INVALID_PARAMETER', 'namespace', 'did you mean jobNamespace?'],
    ['/lineage/paths', { from: orders, to: 'x' }, 'INVALID_ASSET_KEY', 'to', 'does not start with a scheme'],
    ['/lineage/paths', { from: orders }, 'INVALID_PARAMETER', 'to', 'to is missing'],
    ['/lineage/diff', { from: '2026-02-01', to: '2026-01-01' }, 'INVALID_PARAMETER', 'from', 'is after 2026-01-01'],
    ['/lineage/diff', {}, 'INVALID_PARAMETER', 'from', 'from is missing'],
    ['/assets', { limit: '1001' }, 'INVALID_PARAMETER', 'limit', 'from 1 to 1000, not 1001'],
    ['/assets', { cursor: 'garbage' }, 'INVALID_CURSOR', 'cursor', 'nextCursor of an earlier page of this list'],
    ['/assets', { waitFor: 'garbage' }, 'INVALID_PARAMETER', 'waitFor', 'topic:partition:offset'],
    ['/assets', { timeoutMs: '60001' }, 'INVALID_PARAMETER', 'timeoutMs', 'from 0 to 60000'],
    [
      '/asset/materializations',
      { key: orders, state: 'DONE' },
      'INVALID_PARAMETER',
      'state',
      'one of UNKNOWN, STARTED',
    ],
    ['/runs', { jobNamespace: 'test' }, 'INVALID_PARAMETER', 'jobName', 'jobName is missing (Name of the job)'],
    ['/runs/r?waitfor=1', {}, 'INVALID_PARAMETER', 'waitfor', 'unknown parameter "waitfor"'],
  ] as const)('GET %s with %o is refused with %s of %s', async (path, query, code, parameter, detail) => {
    const answer = await get(path, query as Record<string, string>)
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toMatch('application/problem+json')
    expect(answer.json()).toMatchObject({ status: 400, code, parameter, detail: expect.stringContaining(detail) })
  })

  it('get all errors at once', async () => {
    const { errors } = (await get('/lineage', { key: orders, depth: 'x', maxNodes: 'y' })).json()
    expect(errors.map(({ parameter }: { parameter: string }) => parameter)).toEqual(['depth', 'maxNodes'])
    const mixed = (await get('/lineage', { key: 'orders', asOf: 'today', knownAt: '2026-02-30', wrong: '1' })).json()
    expect(mixed.errors.map(({ parameter }: { parameter: string }) => parameter)).toEqual([
      ...['wrong', 'key', 'asOf', 'knownAt'],
    ])
  })

  it('name each parameter once, first in `parameter`, always also in `errors`', async () => {
    for (const query of [{ key: '' }, { key: [orders, orders] }, { cursor: '!' }, { key: orders, cursor: 'x' }]) {
      const { parameter, errors } = (await get('/asset/materializations', query as Record<string, string>)).json()
      const names = errors.map((error: { parameter: string }) => error.parameter)
      expect(names[0]).toBe(parameter)
      expect(new Set(names).size).toBe(names.length)
    }
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('of method %s are 405', async (method) => {
    const answer = await app.inject({
      method,
      url: '/api/v1/assets',
      ...(method === 'OPTIONS' ? {} : { payload: 'x' }),
    })
    expect(answer.statusCode).toBe(405)
    expect(answer.headers['allow']).toBe('GET, HEAD')
    expect(answer.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' })
  })

  it('for other paths are 404', async () => {
    expect((await get('/nothing?x=1')).json()).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' })
  })

  it('for a badly encoded path are 400', async () => {
    expect((await get('/runs/%ff')).json()).toMatchObject({ status: 400, code: 'MALFORMED_REQUEST' })
  })

  it('for an unknown run are 404', async () => {
    expect((await get('/runs/none')).json()).toMatchObject({ status: 404, code: 'RUN_NOT_FOUND', runId: 'none' })
  })

  it('for a run that only later events name are 404 and state that', async () => {
    const answer = await get('/runs/r%2F1', { asOf: new Date(noon - 1).toISOString() })
    const detail = 'No event names run r/1 at that moment; later events do'
    expect(answer.json()).toMatchObject({ status: 404, code: 'RUN_NOT_FOUND', runId: 'r/1', detail })
  })

  it('may contain letters of any script in a key', async () => {
    expect((await get('/asset', { key: report })).json()).toMatchObject({ key: report })
  })
})
