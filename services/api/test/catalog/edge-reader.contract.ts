import type { HeadwaterEvent } from '@headwater/schemas'
import { buildAssetEvent, buildJobEvent, buildMaterialization, noon } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { folder, iso, minute, type RecordedCatalog } from './recorded-catalog.ts'

const current = { moment: {}, edges: { kind: 'current' } } as const

export function describeEdges(opened: () => RecordedCatalog): void {
  const catalog = () => opened().store.open()
  const record = (events: readonly HeadwaterEvent[]) => opened().record(events)
  const edges = async (key: string, direction: 'upstream' | 'downstream') =>
    (await (await catalog()).edges.adjacentTo([key], direction, current)).map(({ from, to }) => [from, to])

  describe('current edges', () => {
    it('are the inputs of the latest successful run of each job that wrote the asset', async () => {
      const at = folder()
      const run = (job: string, minutes: number, input: string, state: 'SUCCEEDED' | 'FAILED' = 'SUCCEEDED') =>
        buildMaterialization({
          job,
          state,
          occurredAt: noon + minutes * minute,
          inputs: [`${at}/${input}`],
          outputs: [`${at}/out`],
        })
      await record([run('a', 1, 'old'), run('b', 2, 'other'), run('a', 3, 'new'), run('a', 4, 'failed', 'FAILED')])
      expect((await edges(`${at}/out`, 'upstream')).toSorted()).toEqual([
        [`${at}/new`, `${at}/out`],
        [`${at}/other`, `${at}/out`],
      ])
      expect(await edges(`${at}/old`, 'downstream')).toEqual([])
      expect(await edges(`${at}/failed`, 'downstream')).toEqual([])
      expect(await edges(`${at}/new`, 'downstream')).toEqual([[`${at}/new`, `${at}/out`]])
    })

    it('carry evidence from every run that asserted them', async () => {
      const at = folder()
      const run = (minutes: number, ...inputs: string[]) =>
        buildMaterialization({
          job: { namespace: 'shop', name: at, type: null },
          runId: `${at}-${minutes}`,
          occurredAt: noon + minutes * minute,
          inputs,
          outputs: [`${at}/out`],
        })
      await record([run(1, `${at}/in`), run(2, `${at}/else`), run(3, `${at}/in`, `${at}/more`), run(4, `${at}/in`)])
      const evidence = {
        jobNamespace: 'shop',
        jobName: at,
        runId: `${at}-4`,
        assertion: 'run',
        firstSeen: noon + minute,
        lastSeen: noon + 4 * minute,
        runs: 3,
        failedRuns: 0,
        current: true,
      }
      const edge = { from: `${at}/in`, to: `${at}/out`, jobs: [evidence] }
      expect(await (await catalog()).edges.adjacentTo([`${at}/out`], 'upstream', current)).toEqual([edge])
      expect(await (await catalog()).edges.adjacentTo([`${at}/in`], 'downstream', current)).toEqual([edge])
    })

    it('of runs that ended at the same time are those of the greater run id', async () => {
      const at = folder()
      const run = (runId: string, input: string) =>
        buildMaterialization({ runId: `${at}-${runId}`, inputs: [input], outputs: [`${at}/out`] })
      await record([run('2', `${at}/second`), run('1', `${at}/first`)])
      expect(await edges(`${at}/out`, 'upstream')).toEqual([[`${at}/second`, `${at}/out`]])
    })

    it('of an output with its own inputs are these, marked explicit', async () => {
      const at = folder()
      const outputs = [{ key: `${at}/own`, inputs: [`${at}/b`] }, `${at}/rest`, { key: `${at}/none`, inputs: [] }]
      await record([buildMaterialization({ inputs: [`${at}/a`, `${at}/b`], outputs })])
      const own = await (await catalog()).edges.adjacentTo([`${at}/own`, `${at}/none`], 'upstream', current)
      expect(own).toMatchObject([{ from: `${at}/b`, to: `${at}/own`, jobs: [{ assertion: 'explicit' }] }])
      expect((await edges(`${at}/a`, 'downstream')).toSorted()).toEqual([[`${at}/a`, `${at}/rest`]])
    })

    it('merge the evidence of several jobs, and may lead from an asset to itself', async () => {
      const at = folder()
      const run = (job: string) =>
        buildMaterialization({ job, inputs: [`${at}/in`, `${at}/out`], outputs: [`${at}/out`] })
      await record([run(`${at}-b`), run(`${at}-a`)])
      const found = await (await catalog()).edges.adjacentTo([`${at}/in`, `${at}/out`], 'downstream', current)
      expect(found.map(({ from, to, jobs }) => [from, to, jobs.map(({ jobName }) => jobName)]).toSorted()).toEqual([
        [`${at}/in`, `${at}/out`, [`${at}-a`, `${at}-b`]],
        [`${at}/out`, `${at}/out`, [`${at}-a`, `${at}-b`]],
      ])
    })

    it('accumulate over the events of a run, in any order', async () => {
      const at = folder()
      const events = [
        buildMaterialization({ runId: at, state: 'SUCCEEDED', occurredAt: noon + minute, outputs: [`${at}/out`] }),
        buildMaterialization({ runId: at, state: 'STARTED', inputs: [`${at}/in`] }),
      ]
      await record(events)
      expect(await edges(`${at}/in`, 'downstream')).toEqual([[`${at}/in`, `${at}/out`]])
    })

    it('end when an asset is dropped, and return with its next success', async () => {
      const at = folder()
      const run = (minutes: number) =>
        buildMaterialization({ occurredAt: noon + minutes * minute, inputs: [`${at}/in`], outputs: [`${at}/out`] })
      const use = buildMaterialization({ job: 'use', inputs: [`${at}/out`], outputs: [`${at}/report`] })
      await record([
        run(1),
        use,
        buildAssetEvent({ key: `${at}/out`, change: 'DROPPED', occurredAt: noon + 2 * minute }),
      ])
      expect(await edges(`${at}/out`, 'upstream')).toEqual([])
      expect(await edges(`${at}/in`, 'downstream')).toEqual([])
      expect(await edges(`${at}/report`, 'upstream')).toEqual([])
      expect(await (await catalog()).assets.card(`${at}/out`, {})).toMatchObject({
        dropped: true,
        droppedAt: iso(noon + 2 * minute),
      })
      await record([run(3)])
      expect(await edges(`${at}/in`, 'downstream')).toEqual([[`${at}/in`, `${at}/out`]])
      expect(await (await catalog()).assets.card(`${at}/out`, {})).toMatchObject({
        dropped: false,
        degree: { upstream: 1, downstream: 1 },
      })
    })
  })

  describe('declared edges', () => {
    it('make their assets known, at earlier moments too, and are current until a success writes the output', async () => {
      const at = folder()
      const declared = buildJobEvent({ job: at, lineage: [{ output: `${at}/out`, inputs: [`${at}/in`] }] })
      await record([declared])
      const edges = async (moment = {}) =>
        (await catalog()).edges.adjacentTo([`${at}/in`], 'downstream', { moment, edges: { kind: 'current' } })
      expect(await edges()).toMatchObject([
        { to: `${at}/out`, jobs: [{ jobName: at, assertion: 'declared', runId: '' }] },
      ])
      const known = await (await catalog()).assets.summaries([`${at}/in`, `${at}/out`], { asOf: noon })
      expect(known.map(({ firstSeen }) => firstSeen)).toEqual([iso(noon), iso(noon)])
      expect(await (await catalog()).assets.summaries([`${at}/in`], { asOf: noon - 1 })).toEqual([])
      await record([buildMaterialization({ job: at, occurredAt: noon + minute, outputs: [`${at}/out`] })])
      expect(await edges()).toEqual([])
      expect(await edges({ asOf: noon })).toHaveLength(1)
    })
  })
}
