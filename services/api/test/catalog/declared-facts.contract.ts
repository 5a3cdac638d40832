import type { HeadwaterEvent } from '@headwater/schemas'
import { buildAssetEvent, buildJobEvent, buildMaterialization, noon, uniqueName } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { folder, iso, minute, type RecordedCatalog } from './recorded-catalog.ts'

export function describeSaid(opened: () => RecordedCatalog): void {
  const catalog = () => opened().store.open()
  const record = (events: readonly HeadwaterEvent[]) => opened().record(events)
  const jobOf = (namespace: string, name = 'load') => ({ namespace, name, type: null })

  describe('the card of a job', () => {
    it('has what is said of it and what its runs did', async () => {
      const [at, namespace] = [folder(), uniqueName('ns')]
      const run = (minutes: number, state: 'SUCCEEDED' | 'FAILED', input: string) =>
        buildMaterialization({
          ...{ job: jobOf(namespace), runId: `${at}-${minutes}`, state, occurredAt: noon + minutes * minute },
          ...{ inputs: [`${at}/${input}`], outputs: [`${at}/out`] },
        })
      const said = buildJobEvent({
        job: { ...jobOf(namespace), type: 'model' },
        ...{ description: 'Loads', owners: ['ann'], tags: ['daily'], metadata: { sql: '"select 1"', n: '1' } },
        lineage: [{ output: `${at}/next`, inputs: [`${at}/out`] }],
      })
      const removal = buildJobEvent({
        job: jobOf(namespace),
        occurredAt: noon + minute,
        removed: ['tags', 'metadata:n'],
      })
      await record([run(1, 'SUCCEEDED', 'a'), run(2, 'SUCCEEDED', 'b'), run(3, 'FAILED', 'c'), said, removal])
      const job = { jobNamespace: namespace, jobName: 'load' }
      expect(await (await catalog()).jobs.card(job, {})).toMatchObject({
        ...job,
        ...{ jobType: 'model', description: 'Loads', owners: ['ann'], tags: [], metadata: { sql: 'select 1' } },
        runs: { SUCCEEDED: 2, FAILED: 1, RUNNING: 0 },
        lastRuns: [{ runId: `${at}-3`, state: 'FAILED' }, { runId: `${at}-2` }],
        ...{ outputs: [`${at}/out`], outputCount: 1, inputs: [`${at}/b`] },
        declared: [{ output: `${at}/next`, inputs: [`${at}/out`] }],
      })
      expect(await (await catalog()).jobs.card(job, { asOf: noon })).toMatchObject({
        tags: ['daily'],
        lastRuns: [],
        outputs: [],
      })
      expect(await (await catalog()).jobs.card(job, { asOf: noon - 1 })).toBeUndefined()
      expect(await (await catalog()).jobs.similar({ ...job, jobName: 'lad' }, 3)).toContainEqual(
        expect.objectContaining(job),
      )
    })
  })

  describe('a list of jobs', () => {
    it('leaves out those that only ran as children and wrote nothing, and counts them', async () => {
      const namespace = uniqueName('ns')
      const parent = { jobNamespace: namespace, jobName: 'b', runId: 'r' }
      const run = (name: string, parts: Parameters<typeof buildMaterialization>[0] = {}) =>
        buildMaterialization({ job: jobOf(namespace, name), ...parts })
      await record([
        ...[
          run('a.sql.1', { parent, inputs: ['s3://x/in'] }),
          run('b'),
          run('c.sql.1', { parent, outputs: [`${folder()}/out`] }),
        ],
        ...[run('d.sql.1', { parent }), run('d.sql.1'), run('e.sql.1', { parent })],
      ])
      const names = (page: { items: readonly { jobName: string }[] }) => page.items.map(({ jobName }) => jobName)
      const list = { namespace, moment: {}, children: false }
      const first = await (await catalog()).jobs.list({ ...list, limit: 2 })
      expect([names(first), first.hidden]).toEqual([['b', 'c.sql.1'], 1])
      const second = await (await catalog()).jobs.list({ ...list, limit: 2, after: first.next! })
      expect([names(second), second.hidden]).toEqual([['d.sql.1'], 1])
      const all = await (await catalog()).jobs.list({ ...list, children: true, limit: 9 })
      expect([names(all).length, all.hidden]).toEqual([5, 0])
    })
  })

  describe('what a job declares', () => {
    it('makes its assets known, at earlier moments too, and is in the graph until a success tells', async () => {
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

  describe('of an asset', () => {
    it('what is stated wins over its properties, and goes when it is removed', async () => {
      const key = `${folder()}/out`
      const properties = { name: null, description: 'Old', url: null, owners: null }
      const stated = { description: 'New', metadata: { tier: '1', note: '"x"' }, metrics: { rows: 5, age: 1 } }
      await record([
        buildAssetEvent({ key, change: 'DESCRIBED', properties, occurredAt: noon + 1 }),
        buildAssetEvent({ key, change: 'STATED', ...stated, schema: [{ name: 'id', type: null, description: null }] }),
        buildMaterialization({ runId: key, outputs: [{ key, metrics: { rows: 7 } }], occurredAt: noon + 1 }),
      ])
      const card = await (await catalog()).assets.card(key, {})
      expect(card).toMatchObject({ description: 'New', metadata: { tier: 1, note: 'x' }, columns: [{ name: 'id' }] })
      expect(card?.metrics).toMatchObject([
        { name: 'age', value: 1, run: null, runId: '', occurredAt: iso(noon) },
        { name: 'rows', value: 7, run: { runId: key }, runId: key },
      ])
      const removed = ['description', 'schema', 'metadata:note']
      await record([buildAssetEvent({ key, change: 'STATED', removed, occurredAt: noon + 2 })])
      expect(await (await catalog()).assets.card(key, {})).toMatchObject({
        description: 'Old',
        metadata: { tier: 1 },
        columns: [],
      })
    })

    it('without owners of its own, those of the job of its latest success are shown', async () => {
      const [key, job] = [`${folder()}/out`, jobOf(uniqueName('ns'))]
      await record([buildMaterialization({ job, outputs: [key] }), buildJobEvent({ job, owners: ['team'] })])
      const shown = { owners: ['team'], ownersFrom: 'job' }
      expect(await (await catalog()).assets.card(key, {})).toMatchObject(shown)
      expect(await (await catalog()).assets.summaries([key], {})).toMatchObject([shown])
      await record([buildAssetEvent({ key, change: 'OWNED', owners: ['ann'] })])
      expect(await (await catalog()).assets.summaries([key], {})).toMatchObject([
        { owners: ['ann'], ownersFrom: 'asset' },
      ])
    })
  })
}
