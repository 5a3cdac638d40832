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

const [raw, old, now, report] = ['orders_raw', 'orders', 'sales', 'report'].map((name) => `hive://h/shop/${name}`) as [
  string,
  string,
  string,
  string,
]
/** A run that computes the column id from the column id of each input. */
function run(name: string, inputs: readonly string[], output: string, occurredAt: number): HeadwaterEvent {
  const job = { namespace: 'shop', name, type: null }
  const event = buildMaterialization({ job, runId: name, inputs, outputs: [output], occurredAt })
  if (event.type !== 'MaterializationEvent') return event
  const of = { column: 'id', transformation: 'IDENTITY', kind: 'DIRECT', masking: false, description: '' } as const
  const columnLineage = [{ column: 'id', inputs: inputs.map((key) => ({ key, ...of })) }]
  return {
    type: event.type,
    event: { ...event.event, outputs: event.event.outputs.map((each) => ({ ...each, columnLineage })) },
  }
}
const at = (minute: number) => new Date(noon + minute * 60_000).toISOString()

describe('An asset that was renamed', () => {
  let database: TestDatabase
  const closing: (() => Promise<void>)[] = []
  let get: (path: string, query: Record<string, string>) => Promise<unknown>

  beforeAll(async () => {
    database = await createTestDatabase()
    const opened = await openApi(database)
    closing.push(() => database.drop(), opened.close)
    get = async (path, query) => (await opened.get(path, query)).json()
    const loaded = run('load', [raw], old, noon)
    const read = run('report', [old], report, noon)
    const moved = run('move', [old], now, noon + 600_000)
    const renamed = buildAssetEvent({ key: old, change: 'RENAMED', renamedTo: now, occurredAt: noon + 600_000 })
    await projectEvents(database, [loaded, read, moved, renamed])
  })
  afterAll(async () => {
    for (const close of closing.reverse()) await close()
  })

  it('has one history, and does not read itself, although the run that moved it read its former key', async () => {
    const { nodes, edges } = (await get('/lineage', { key: old })) as {
      nodes: readonly { key: string; readsItself: boolean; id: number }[]
      edges: readonly { from: number; to: number }[]
    }
    const keyOf = (id: number) => nodes.find((node) => node.id === id)?.key
    expect(nodes.find(({ key }) => key === now)).toMatchObject({ readsItself: false })
    expect(edges.map(({ from, to }) => [keyOf(from), keyOf(to)]).sort()).toEqual([
      [raw, now],
      [now, report],
    ])
    expect(await get('/asset', { key: now })).toMatchObject({
      ...{ key: now, aliases: [old], materializations: { SUCCEEDED: 2 }, degree: { upstream: 1, downstream: 1 } },
    })
    expect(await get('/asset/materializations', { key: now })).toMatchObject({
      items: [
        { runId: 'move', inputs: [] },
        { runId: 'load', inputs: [raw] },
      ],
    })
  })

  it('has no column that is computed from itself', async () => {
    expect(await get('/columns/lineage', { key: now, column: 'id' })).toMatchObject({
      nodes: [
        { key: now, column: 'id', readsItself: false },
        { key: raw, column: 'id' },
        { key: report, column: 'id' },
      ],
    })
  })

  it('has no added edge to itself at the time of the rename', async () => {
    const diff = (await get('/lineage/diff', { from: at(5), to: at(20), key: now })) as { added: readonly unknown[] }
    expect(diff).toMatchObject({ added: [], removed: [] })
  })

  it('reads itself where a run reads and writes its new key', async () => {
    await projectEvents(database, [run('append', [now], now, noon + 900_000)])
    const { nodes } = (await get('/lineage', { key: now, depth: '0' })) as { nodes: readonly unknown[] }
    expect(nodes).toMatchObject([{ key: now, readsItself: true }])
  })
})
