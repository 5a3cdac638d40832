import type { HeadwaterEvent } from '@headwater/schemas'
import { buildJobEvent, buildMaterialization, noon, uniqueName } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { folder, iso, minute, type RecordedCatalog } from './recorded-catalog.ts'

export function describeLists(opened: () => RecordedCatalog): void {
  const catalog = () => opened().store.open()
  const record = (events: readonly HeadwaterEvent[]) => opened().record(events)

  describe('a search', () => {
    it('finds by any part of the key, whatever the case of its letters', async () => {
      const at = folder()
      await record([buildMaterialization({ outputs: [`${at}/Orders_50`, `${at}/customers`, `${at}/größe`] })])
      const found = async (q: string) =>
        (await (await catalog()).assets.search({ q, prefix: at, limit: 9 })).items.map(({ key }) => key)
      expect(await found('oRDERS_50')).toEqual([`${at}/Orders_50`])
      expect(await found('größe')).toEqual([`${at}/größe`])
      expect(await found('_')).toEqual([`${at}/Orders_50`])
      expect(await found('nothing')).toEqual([])
    })

    it('pages by key, and stays right when assets are added', async () => {
      const at = folder()
      const write = (...names: string[]) =>
        record(names.map((name) => buildMaterialization({ outputs: [`${at}/${name}`] })))
      await write('b', 'd', 'f', 'd')
      const first = await (await catalog()).assets.search({ prefix: at, limit: 2 })
      expect(first).toMatchObject({ items: [{ key: `${at}/b` }, { key: `${at}/d` }], next: `${at}/d` })
      await write('a', 'e')
      const second = await (await catalog()).assets.search({ prefix: at, limit: 2, after: first.next! })
      expect(second).toMatchObject({ items: [{ key: `${at}/e` }, { key: `${at}/f` }], next: null })
    })

    it('counts what matches by platform, each asset once', async () => {
      const name = uniqueName('x')
      const outputs = [`s3://${name}/1`, `s3://${name}/2`, `postgres://${name}/1`]
      await record([buildMaterialization({ outputs }), buildMaterialization({ outputs, occurredAt: noon + 1 })])
      const platforms = [
        { platform: 's3', count: 2 },
        { platform: 'postgres', count: 1 },
      ]
      expect(await (await catalog()).assets.facets({ q: name })).toEqual({ total: 3, platforms })
      expect(await (await catalog()).assets.facets({ q: name, platform: 'postgres' })).toEqual({ total: 1, platforms })
      expect((await (await catalog()).assets.search({ q: name, platform: 'postgres', limit: 9 })).items).toMatchObject([
        { key: `postgres://${name}/1`, platform: 'postgres' },
      ])
    })

    it('suggests keys that look like an unknown one', async () => {
      const at = folder()
      await record([buildMaterialization({ outputs: [`${at}/orders`, `${at}/customers`] })])
      expect((await (await catalog()).assets.similarKeys(`${at}/order`, 3)).includes(`${at}/orders`)).toBe(true)
    })
  })

  describe('the history of an asset', () => {
    it('has what each run did, latest first, page by page', async () => {
      const at = folder()
      const run = (minutes: number, runId: string, state: 'SUCCEEDED' | 'RUNNING' = 'SUCCEEDED') =>
        buildMaterialization({
          runId: `${at}-${runId}`,
          state,
          occurredAt: noon + minutes * minute,
          by: 'dbt',
          nominalEnd: noon,
          inputs: [`${at}/b`, `${at}/a`],
          outputs: [
            { key: `${at}/out`, metadata: { rows: '7', note: '"hi"', deep: '{"a":[1]}' }, metrics: { rows: 7 } },
          ],
        })
      await record([run(1, '1'), run(2, '2'), run(2, '3'), run(3, '4', 'RUNNING')])
      const first = await (await catalog()).assets.materializations({ moment: {}, key: `${at}/out`, limit: 2 })
      expect(first.items.map(({ runId }) => runId)).toEqual([`${at}-4`, `${at}-3`])
      const second = await (await catalog()).assets.materializations({
        moment: {},
        key: `${at}/out`,
        limit: 2,
        after: first.next!,
      })
      expect(second.next).toBeNull()
      expect(second.items.map(({ runId }) => runId)).toEqual([`${at}-2`, `${at}-1`])
      expect(second.items[1]).toEqual({
        jobNamespace: 'test',
        jobName: 'load',
        runId: `${at}-1`,
        state: 'SUCCEEDED',
        startedAt: null,
        endedAt: iso(noon + minute),
        lastEventAt: iso(noon + minute),
        nominalEnd: iso(noon),
        by: 'dbt',
        error: null,
        metadata: { rows: 7, note: 'hi', deep: { a: [1] } },
        inputs: [`${at}/a`, `${at}/b`],
        assertion: 'run',
        metrics: { rows: 7 },
      })
      const running = await (await catalog()).assets.materializations({
        moment: {},
        key: `${at}/out`,
        state: 'RUNNING',
        limit: 9,
      })
      expect(running.items.map(({ runId }) => runId)).toEqual([`${at}-4`])
    })

    it('is empty for an asset that nothing wrote', async () => {
      expect(await (await catalog()).assets.materializations({ moment: {}, key: `${folder()}/out`, limit: 9 })).toEqual(
        {
          items: [],
          next: null,
        },
      )
    })
  })

  describe('runs and jobs', () => {
    it('of one id are one for each job, with their children', async () => {
      const at = folder()
      const parent = { jobNamespace: 'test', jobName: 'flow', runId: at }
      await record([
        buildMaterialization({
          job: 'flow',
          runId: at,
          metadata: { a: '1' },
          inputs: [`${at}/in`],
          outputs: [`${at}/out`],
        }),
        buildMaterialization({
          job: 'other',
          runId: at,
          state: 'FAILED',
          error: 'no',
          parent: { ...parent, jobName: 'x' },
        }),
        buildMaterialization({ job: 'task', runId: `${at}-1`, parent, root: parent, occurredAt: noon + 1 }),
        buildMaterialization({ job: 'task', runId: `${at}-2`, parent }),
      ])
      const [flow, other, ...rest] = await (await catalog()).runs.byId(at, {})
      expect(rest).toEqual([])
      expect(flow).toMatchObject({
        ...parent,
        parent: null,
        metadata: { a: 1 },
        inputs: [`${at}/in`],
        outputs: [`${at}/out`],
        children: { total: 2, items: [{ runId: `${at}-1` }, { runId: `${at}-2` }] },
      })
      expect(other).toMatchObject({
        jobName: 'other',
        error: 'no',
        parent: { jobName: 'x' },
        children: { total: 0, items: [] },
      })
      expect((await (await catalog()).runs.byId(`${at}-1`, {}))[0]).toMatchObject({ parent, root: parent })
      expect(await (await catalog()).runs.byId(`${at}-3`, {})).toEqual([])
    })

    it('of one job come latest first, page by page', async () => {
      const jobName = folder()
      const job = { namespace: 'test', name: jobName, type: 'task' }
      const run = (minutes: number, state: 'SUCCEEDED' | 'FAILED') =>
        buildMaterialization({ job, state, runId: `${jobName}-${minutes}`, occurredAt: noon + minutes * minute })
      await record([run(1, 'SUCCEEDED'), run(2, 'FAILED'), run(3, 'SUCCEEDED')])
      const of = { jobNamespace: 'test', jobName }
      const first = await (await catalog()).runs.ofJob({ moment: {}, ...of, limit: 2 })
      expect(first.items.map(({ runId }) => runId)).toEqual([`${jobName}-3`, `${jobName}-2`])
      const second = await (await catalog()).runs.ofJob({ moment: {}, ...of, limit: 2, after: first.next! })
      expect(second).toMatchObject({ items: [{ runId: `${jobName}-1`, jobType: 'task' }], next: null })
      expect((await (await catalog()).runs.ofJob({ moment: {}, ...of, state: 'FAILED', limit: 9 })).items).toHaveLength(
        1,
      )
    })

    it('jobs that were only declared stand among those that ran, with what they declare', async () => {
      const namespace = folder()
      const job = (name: string) => ({ namespace, name, type: null })
      await record([
        buildMaterialization({ job: job('b'), runId: `${namespace}-b`, outputs: [`${namespace}/b`] }),
        buildJobEvent({ job: job('b'), lineage: [{ output: `${namespace}/other`, inputs: [] }] }),
        buildJobEvent({
          job: { ...job('a'), type: 'BATCH' },
          lineage: [
            { output: `${namespace}/z`, inputs: [] },
            { output: `${namespace}/y`, inputs: [`${namespace}/x`] },
          ],
        }),
        buildJobEvent({ job: job('c'), owners: ['team'], occurredAt: noon + minute }),
        buildMaterialization({ job: job('hidden'), parent: { jobNamespace: namespace, jobName: 'b', runId: 'x' } }),
        buildJobEvent({ job: job('hidden'), owners: ['team'] }),
      ])
      const all = { moment: {}, children: false, namespace, limit: 1 }
      const first = await (await catalog()).jobs.list(all)
      expect(first).toMatchObject({
        items: [
          {
            ...{ jobName: 'a', jobType: 'BATCH', runs: 0, lastRun: null },
            ...{ outputs: [`${namespace}/y`, `${namespace}/z`], outputCount: 2 },
          },
        ],
        next: { jobNamespace: namespace, jobName: 'a' },
        hidden: 0,
      })
      expect(await (await catalog()).jobs.list({ ...all, limit: 9, after: first.next! })).toMatchObject({
        items: [
          { jobName: 'b', runs: 1, outputs: [`${namespace}/b`] },
          { jobName: 'c', lastRun: null, outputCount: 0 },
        ],
        next: null,
        hidden: 1,
      })
      expect((await (await catalog()).jobs.list({ ...all, moment: { asOf: noon }, q: 'C' })).items).toEqual([])
    })

    it('jobs come with their latest run and what they wrote', async () => {
      const namespace = uniqueName('team')
      const run = (name: string, minutes: number, output: string, state: 'SUCCEEDED' | 'FAILED' = 'SUCCEEDED') =>
        buildMaterialization({
          job: { namespace, name, type: 'model' },
          runId: `${name}-${minutes}`,
          state,
          occurredAt: noon + minutes * minute,
          outputs: [output],
        })
      await record([run('Load', 2, 's3://x/b', 'FAILED'), run('Load', 1, 's3://x/a'), run('report', 1, 's3://x/c')])
      const first = await (await catalog()).jobs.list({ moment: {}, children: true, namespace, limit: 1 })
      expect(first).toMatchObject({
        items: [
          {
            jobName: 'Load',
            jobType: 'model',
            runs: 2,
            lastRun: { runId: 'Load-2', state: 'FAILED' },
            outputs: ['s3://x/a', 's3://x/b'],
            outputCount: 2,
          },
        ],
        next: { jobNamespace: namespace, jobName: 'Load' },
      })
      expect(
        await (await catalog()).jobs.list({ moment: {}, children: true, namespace, limit: 1, after: first.next! }),
      ).toMatchObject({
        items: [{ jobName: 'report' }],
        next: null,
      })
      expect(
        (await (await catalog()).jobs.list({ moment: {}, children: true, namespace, q: 'lOAD', limit: 9 })).items,
      ).toHaveLength(1)
    })
  })
}
