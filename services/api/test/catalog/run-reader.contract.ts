import type { HeadwaterEvent } from '@headwater/schemas'
import { buildMaterialization, noon } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { folder, minute, type RecordedCatalog } from './recorded-catalog.ts'

export function describeRuns(opened: () => RecordedCatalog): void {
  const catalog = () => opened().store.open()
  const record = (events: readonly HeadwaterEvent[]) => opened().record(events)

  describe('runs', () => {
    it('with one id are one for each job, with their children', async () => {
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

    it('of one job are sorted latest first, page by page', async () => {
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
  })
}
