import type { HeadwaterEvent } from '@headwater/schemas'
import { buildAssetEvent, buildMaterialization, noon } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import type { ColumnLineage, LineageAnswer } from '../../src/contract/index.ts'
import { folder, iso, minute, type RecordedCatalog } from './recorded-catalog.ts'

type Made = Readonly<Record<string, readonly (string | { key: string; column: string; [more: string]: unknown })[]>>

/** Column lineage by output column; an input is `<key>#<column>`, or an object with all fields. */
const columnLineage = (made: Made) =>
  Object.entries(made).map(([column, inputs]) => ({
    column: column === '*' ? '' : column,
    inputs: inputs.map((input) => {
      const nothing = { transformation: null, kind: 'DIRECT', masking: null, description: null }
      if (typeof input !== 'string') return { ...nothing, ...input }
      const [key = '', name = ''] = input.split('#')
      return { ...nothing, key, column: name }
    }),
  }))

type RunFields = { job?: string; runId?: string; at?: number; state?: 'SUCCEEDED' | 'FAILED' | 'STARTED' }

const wrote = (key: string, made: Made, { at = 0, job = key, ...parts }: RunFields = {}) =>
  buildMaterialization({
    ...{ ...parts, job, occurredAt: noon + at * minute },
    outputs: [{ key, columnLineage: columnLineage(made) }],
  })

/** Column lineage over HTTP, from a store under test. */
export function describeColumns(opened: () => RecordedCatalog): void {
  const record = (events: readonly HeadwaterEvent[]) => opened().record(events)
  let app: Awaited<ReturnType<typeof buildApp>>
  const get = (path: string, query: Record<string, string>) => app.inject({ url: `/api/v1${path}`, query })
  const columns = async (query: Record<string, string>) => {
    const answer = await get('/columns/lineage', query)
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<ColumnLineage>()
  }
  /** Edges as `<from> > <to>`, or `<from> ~ <to>` for indirect ones; keys without their folder, a row as *. */
  const edges = async (at: string, query: Record<string, string>) => {
    const { nodes, edges: found } = await columns({ ...query, key: `${at}/${query['key']}` })
    const nameOf = (id: number) => `${nodes[id]?.key.slice(at.length + 1)}.${nodes[id]?.column ?? '*'}`
    return found.map(({ from, to, indirect }) => `${nameOf(from)} ${indirect ? '~' : '>'} ${nameOf(to)}`).toSorted()
  }

  describe('column lineage', () => {
    beforeAll(async () => {
      app = await buildApp({ store: opened().store })
    })
    afterAll(() => app.close())

    it('follows a renamed column in both directions, with transformation and run', async () => {
      const at = folder()
      const sum = { key: `${at}/b`, column: 'key', transformation: 'AGGREGATION', description: 'sum(key)' }
      await record([
        wrote(`${at}/b`, { key: [`${at}/a#id`], other: [`${at}/a#x`] }),
        wrote(`${at}/c`, { key2: [{ ...sum, masking: true }] }, { job: 'sum', runId: `${at}-r`, at: 1 }),
      ])
      const chain = ['a.id > b.key', 'b.key > c.key2']
      expect(await edges(at, { key: 'c', column: 'key2', direction: 'upstream' })).toEqual(chain)
      expect(await edges(at, { key: 'a', column: 'id', direction: 'downstream' })).toEqual(chain)
      expect(await edges(at, { key: 'b', column: 'key' })).toEqual(chain)
      const up = await columns({ key: `${at}/c`, column: 'key2', direction: 'upstream', depth: '1' })
      expect(up).toMatchObject({
        ...{ root: { key: `${at}/c`, column: 'key2' }, direction: 'upstream', depth: 1, truncated: false },
        nodes: [
          { id: 0, depth: 0 },
          { key: `${at}/b`, column: 'key', depth: 1, type: null, readsItself: false },
        ],
        edges: [
          {
            ...{ from: 1, to: 0, indirect: false },
            transformations: [
              {
                ...{ kind: 'DIRECT', transformation: 'AGGREGATION', masking: true },
                ...{ description: 'sum(key)', wholeRow: false },
              },
            ],
            jobs: [{ jobNamespace: 'test', jobName: 'sum', runId: `${at}-r`, endedAt: iso(noon + minute) }],
          },
        ],
        omitted: [{ id: 1, upstream: 1, downstream: 0 }],
      })
    })

    it('shows a column that decides on rows at every visited column, and ends at the row it decides on', async () => {
      const at = folder()
      const filter = { key: `${at}/a`, column: 'status', transformation: 'FILTER', kind: 'INDIRECT' }
      await record([
        wrote(`${at}/b`, { id: [`${at}/a#id`], name: [`${at}/a#name`], '*': [filter] }),
        wrote(`${at}/c`, { id: [`${at}/b#id`] }),
      ])
      expect(await edges(at, { key: 'b', column: 'id', direction: 'upstream' })).toEqual([
        ...['a.id > b.id', 'a.status ~ b.id'],
      ])
      expect(await edges(at, { key: 'a', column: 'status' })).toEqual(['a.status ~ b.*'])
      expect(await edges(at, { key: 'a', column: 'status', wholeRow: 'true' })).toEqual([
        'a.status ~ b.*',
        'b.* > c.id',
      ])
      expect(await edges(at, { key: 'b', direction: 'upstream' })).toEqual([
        ...['a.id > b.id', 'a.name > b.name', 'a.status ~ b.*'],
      ])
    })

    it('merges the links of several jobs, and names the jobs', async () => {
      const at = folder()
      await record([
        wrote(`${at}/o`, { c: [`${at}/a#c`] }, { job: 'one' }),
        wrote(`${at}/o`, { c: [`${at}/a#c`] }, { job: 'two' }),
        wrote(`${at}/o`, { c: [`${at}/b#c`] }, { job: 'three' }),
      ])
      const found = await columns({ key: `${at}/o`, column: 'c' })
      expect(found.edges.map(({ jobs }) => jobs.map(({ jobName }) => jobName)).toSorted()).toEqual([
        ['one', 'two'],
        ['three'],
      ])
    })

    it('is the union of all events of the latest success; a failed run removes nothing', async () => {
      const at = folder()
      const run = { job: 'j', runId: `${at}-2`, at: 2 }
      await record([
        wrote(`${at}/o`, { c: [`${at}/old#c`] }, { job: 'j', runId: `${at}-1`, at: 1 }),
        wrote(`${at}/o`, { c: [`${at}/a#c`] }, { ...run, at: 1.5, state: 'STARTED' }),
        wrote(`${at}/o`, {}, run),
        wrote(`${at}/o`, { c: [`${at}/failed#c`] }, { job: 'j', runId: `${at}-3`, at: 3, state: 'FAILED' }),
      ])
      expect(await edges(at, { key: 'o', column: 'c' })).toEqual(['a.c > o.c'])
      const then = { asOf: iso(noon + minute) }
      expect(await edges(at, { key: 'o', column: 'c', ...then })).toEqual(['old.c > o.c'])
      expect(await edges(at, { key: 'old', column: 'c', ...then })).toEqual(['old.c > o.c'])
    })

    it('is empty when the latest success reports none, and while an asset is dropped', async () => {
      const at = folder()
      await record([
        wrote(`${at}/o`, { c: [`${at}/a#c`] }, { at: 1 }),
        wrote(`${at}/o`, {}, { at: 2 }),
        wrote(`${at}/p`, { c: [`${at}/a#c`] }, { at: 1 }),
        buildAssetEvent({ key: `${at}/a`, change: 'DROPPED', occurredAt: noon + 3 * minute }),
      ])
      expect(await edges(at, { key: 'a', direction: 'downstream' })).toEqual([])
      expect(await edges(at, { key: 'a', asOf: iso(noon + 2 * minute) })).toEqual(['a.c > p.c'])
    })

    it('ends in cycles, and marks a column that is computed from itself', async () => {
      const at = folder()
      await record([wrote(`${at}/a`, { n: [`${at}/a#n`, `${at}/b#n`] }), wrote(`${at}/b`, { n: [`${at}/a#n`] })])
      expect(await edges(at, { key: 'a', column: 'n' })).toEqual(['a.n > b.n', 'b.n > a.n'])
      expect((await columns({ key: `${at}/a`, column: 'n' })).nodes).toMatchObject([
        { column: 'n', readsItself: true },
        { column: 'n', readsItself: false },
      ])
    })

    it('contains every column of an asset when none is named, with the types in its schema', async () => {
      const at = folder()
      const schema = [{ name: 'z', type: 'int', description: null }]
      await record([
        buildMaterialization({
          outputs: [
            { key: `${at}/o`, schema },
            { key: `${at}/o`, columnLineage: columnLineage({ b: [`${at}/a#c`] }) },
            { key: `${at}/o`, columnLineage: columnLineage({ a: [`${at}/a#c`] }) },
          ],
        }),
      ])
      const { root, nodes } = await columns({ key: `${at}/o` })
      expect(root).toEqual({ key: `${at}/o`, column: null })
      expect(nodes.map(({ column, type, depth }) => [column, type, depth])).toEqual([
        [null, null, 0],
        ['z', 'int', 0],
        ['a', null, 0],
        ['b', null, 0],
        ['c', null, 1],
      ])
    })

    it('counts what maxNodes left out', async () => {
      const at = folder()
      await record([wrote(`${at}/o`, { c: [`${at}/a#c`, `${at}/b#c`] })])
      expect(await columns({ key: `${at}/o`, column: 'c', maxNodes: '2' })).toMatchObject({
        ...{ truncated: true, omitted: [{ id: 0, upstream: 1, downstream: 0 }] },
        edges: [{ from: 1, to: 0 }],
      })
    })

    it('of an unknown column is not found, with similar columns', async () => {
      const at = folder()
      await record([wrote(`${at}/o`, { customer_id: [`${at}/a#id`] })])
      const answer = await get('/columns/lineage', { key: `${at}/o`, column: 'CustomerId' })
      expect(answer.statusCode).toBe(404)
      const didYouMean = ['customer_id']
      expect(answer.json()).toMatchObject({
        code: 'COLUMN_NOT_FOUND',
        key: `${at}/o`,
        column: 'CustomerId',
        didYouMean,
      })
      const unknown = await get('/columns/lineage', { key: `${at}/none` })
      expect(unknown.json()).toMatchObject({ status: 404, code: 'ASSET_NOT_FOUND' })
    })

    it('is added to the edges of a graph, for the jobs of each edge', async () => {
      const at = folder()
      const made = columnLineage({ id: [`${at}/a#id`], '*': [{ key: `${at}/a`, column: 'day', kind: 'INDIRECT' }] })
      const run = { job: 'load', runId: `${at}-r`, inputs: [`${at}/a`, `${at}/b`] }
      await record([buildMaterialization({ ...run, outputs: [{ key: `${at}/o`, columnLineage: made }] })])
      const answer = await get('/lineage', { key: `${at}/o`, columns: 'true' })
      const { edges: found } = answer.json<LineageAnswer>()
      const jobs = [{ jobNamespace: 'test', jobName: 'load', runId: `${at}-r` }]
      const how = { transformation: null, masking: false, description: null, jobs }
      expect(found.map(({ columns: between, columnsOmitted }) => ({ between, columnsOmitted }))).toEqual([
        {
          between: [
            { from: 'day', to: null, kind: 'INDIRECT', ...how },
            { from: 'id', to: 'id', kind: 'DIRECT', ...how },
          ],
          columnsOmitted: 0,
        },
        { between: [], columnsOmitted: 0 },
      ])
      expect((await get('/lineage', { key: `${at}/o` })).json<LineageAnswer>().edges[0]).not.toHaveProperty('columns')
    })
  })
}
