import type { HeadwaterEvent } from '@headwater/schemas'
import {
  buildMaterialization,
  createTestDatabase,
  noon,
  projectBatches,
  recordsOf,
  type TestDatabase,
} from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi } from '../open-api.ts'

let database: TestDatabase
let app: Awaited<ReturnType<typeof openApi>>['app']
const closing: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  const opened = await openApi(database, { maxSeconds: 150 })
  app = opened.app
  closing.push(() => database.drop(), opened.close)
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

const lineage = async (query: Record<string, string>) => {
  const answer = await app.inject({ url: '/api/v1/lineage', query })
  expect(answer.statusCode, answer.body.slice(0, 1_000)).toBe(200)
  return answer.json()
}
const record = (events: readonly HeadwaterEvent[]) => projectBatches(database, [recordsOf(events)])

describe('lineage from the tables', () => {
  it('of a hub with 100,000 neighbours contains the first of them, and counts the rest', async () => {
    const events = Array.from({ length: 100_000 }, (_, index) =>
      buildMaterialization({
        job: `spread ${index % 200}`,
        inputs: ['s3://hard/hub'],
        outputs: [`s3://hard/spoke/${String(index).padStart(6, '0')}`],
      }),
    )
    await record(events)
    const answer = await lineage({ key: 's3://hard/hub', direction: 'downstream', depth: '2' })
    expect(answer.nodes).toHaveLength(500)
    expect(answer.nodes.at(-1)).toMatchObject({ key: 's3://hard/spoke/000498', depth: 1 })
    expect(answer).toMatchObject({ truncated: true, omitted: [{ id: 0, upstream: 0, downstream: 99_501 }] })
    const card = await app.inject({ url: '/api/v1/asset', query: { key: 's3://hard/hub' } })
    expect(card.json()).toMatchObject({ degree: { upstream: 0, downstream: 100_000 } })
  }, 180_000)

  it('takes the short arm of a diamond at a depth limit, ends in cycles and marks self reads, at earlier moments too', async () => {
    const made = (job: string, inputs: readonly string[], output: string, seconds = 0) =>
      buildMaterialization({
        job,
        inputs: inputs.map((key) => `s3://hard/${key}`),
        outputs: [`s3://hard/${output}`],
        occurredAt: noon + seconds * 1_000,
      })
    await record([
      made('long 1', ['d0'], 'd1'),
      made('long 2', ['d1'], 'd2'),
      made('join', ['d2', 'd0', 'end'], 'end'),
      made('back', ['end'], 'd0'),
      made('behind', ['end'], 'behind'),
      made('join', ['d2'], 'end', 60),
    ])
    const depths = async (query: Record<string, string>) => {
      const { nodes } = await lineage({ key: 's3://hard/d0', direction: 'downstream', ...query })
      return Object.fromEntries(
        nodes.map((node: { key: string; depth: number; readsItself: boolean }) => [
          node.key.slice('s3://hard/'.length) + (node.readsItself ? ' itself' : ''),
          node.depth,
        ]),
      )
    }
    const then = { asOf: new Date(noon + 1_000).toISOString() }
    expect(await depths({ depth: '2', ...then })).toEqual({ d0: 0, d1: 1, 'end itself': 1, d2: 2, behind: 2 })
    expect(await depths({ depth: '3' })).toEqual({ d0: 0, d1: 1, d2: 2, end: 3 })
    expect(await depths({ depth: '1000' })).toEqual({ d0: 0, d1: 1, d2: 2, end: 3, behind: 4 })
  })

  it('passes through 150 jobs in a row', async () => {
    const link = (index: number) => `s3://hard/chain/${String(index).padStart(4, '0')}`
    await record(
      Array.from({ length: 151 }, (_, index) =>
        buildMaterialization({ job: `link ${index}`, inputs: [link(index)], outputs: [link(index + 1)] }),
      ),
    )
    const answer = await lineage({ key: link(151), direction: 'upstream', depth: '150', maxNodes: '5000' })
    expect(answer.nodes.at(-1)).toMatchObject({ key: link(1), depth: 150 })
    expect(answer).toMatchObject({ truncated: false, omitted: [{ id: 150, upstream: 1 }] })
  }, 300_000)
})
