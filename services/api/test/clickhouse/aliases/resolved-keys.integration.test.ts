import type { HeadwaterEvent } from '@headwater/schemas'
import {
  buildAssetEvent,
  buildMaterialization,
  createTestDatabase,
  noon,
  projectEvents,
  type TestDatabase,
} from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi } from '../open-api.ts'

const table = 's3://lake/events'
const day = `${table}/dt=2026-01-01`

describe('A key in a request', () => {
  let database: TestDatabase
  const closing: (() => Promise<void>)[] = []
  /** @param around runs before each query, with the name of the query */
  const open = async (trim: readonly string[], around: (name: string) => Promise<void> = async () => undefined) => {
    const opened = await openApi(database, {
      trim,
      wrap:
        (query) =>
        async (name, ...rest) => {
          await around(name)
          return query(name, ...rest)
        },
    })
    closing.push(opened.close)
    return opened
  }
  const record = (events: readonly HeadwaterEvent[]) => projectEvents(database, events)

  beforeAll(async () => {
    database = await createTestDatabase()
    closing.push(() => database.drop())
    await record([
      buildMaterialization({
        outputs: [table, 's3://lake/old/dt=2026-01-01', 's3://lake/old'],
        inputs: ['s3://lake/in'],
      }),
    ])
  })
  afterAll(async () => {
    for (const close of closing.reverse()) await close()
  })

  it.each<[string, Record<string, string>]>([
    ['/asset', { key: day }],
    ['/asset', { namespace: 's3a://lake', name: '/events/dt=2026-01-01/' }],
    ['/asset/materializations', { key: day }],
    ['/aliases', { key: day }],
    ['/lineage/diff', { key: day, from: '2020-01-01' }],
  ])('of a trimmed partition resolves to its table: %s %j', async (path, query) => {
    const { get } = await open(['s3://lake/'])
    expect((await get(path, query)).json()).toMatchObject({ key: table })
  })

  it('of a trimmed partition is the root of lineage, columns and paths of its table', async () => {
    const { get } = await open(['*'])
    expect((await get('/lineage', { key: day })).json()).toMatchObject({ root: table })
    expect((await get('/columns/lineage', { key: day })).json()).toMatchObject({ root: { key: table } })
    const paths = await get('/lineage/paths', { from: 's3://lake/in', to: day })
    expect(paths.json()).toMatchObject({ to: table, paths: [[0, 1]] })
  })

  it('of a partition stays as it is where events name the partition, or nothing is trimmed', async () => {
    const { get } = await open(['s3://lake/'])
    const known = await get('/asset', { key: 's3://lake/old/dt=2026-01-01' })
    expect(known.json()).toMatchObject({ key: 's3://lake/old/dt=2026-01-01' })
    expect((await (await open([])).get('/asset', { key: day })).statusCode).toBe(404)
    expect((await get('/asset', { key: 's3://lake/none/dt=2026-01-01' })).json()).toMatchObject({
      code: 'ASSET_NOT_FOUND',
    })
  })

  it('is known from the time of the first alias that names it, even if nothing else does', async () => {
    const { get } = await open([])
    await record([buildAssetEvent({ key: 's3://alias/a', change: 'ALIASED', alias: 's3://alias/b', occurredAt: noon })])
    for (const key of ['s3://alias/a', 's3://alias/b']) {
      const asOf = (time: number) => get('/asset', { key, asOf: new Date(time).toISOString() })
      expect((await asOf(noon + 1)).json()).toMatchObject({
        key: 's3://alias/a',
        firstSeen: new Date(noon).toISOString(),
      })
      expect((await asOf(noon - 1)).statusCode).toBe(404)
    }
  })

  it('resolves to the same asset throughout an answer, even if the asset is renamed meanwhile', async () => {
    const [first, second] = ['hive://h/d/first', 'hive://h/d/second']
    await record([buildMaterialization({ runId: 'first', inputs: ['s3://lake/in'], outputs: [first] })])
    const opened = await open([], async (name) => {
      if (name !== 'runs-into') return
      await record([buildAssetEvent({ key: first, change: 'RENAMED', renamedTo: second, occurredAt: noon + 60_000 })])
      await opened.store.refreshAliases()
    })
    const during = await opened.get('/lineage', { key: first, direction: 'upstream' })
    expect(during.json()).toMatchObject({ root: first, nodes: [{ key: first }, { key: 's3://lake/in' }] })
    const after = await opened.get('/lineage', { key: first, direction: 'upstream' })
    expect(after.json()).toMatchObject({ root: second, nodes: [{ key: second }, { key: 's3://lake/in' }] })
  })
})
