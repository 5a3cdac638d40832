import type { HeadwaterEvent } from '@headwater/schemas'
import { buildJobEvent, buildMaterialization, noon, uniqueName } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { folder, minute, type RecordedCatalog } from './recorded-catalog.ts'

export function describeJobs(opened: () => RecordedCatalog): void {
  const catalog = () => opened().store.open()
  const record = (events: readonly HeadwaterEvent[]) => opened().record(events)
  const jobOf = (namespace: string, name = 'load') => ({ namespace, name, type: null })

  describe('the card of a job', () => {
    it('contains its facts and what its runs did', async () => {
      const [at, namespace] = [folder(), uniqueName('ns')]
      const run = (minutes: number, state: 'SUCCEEDED' | 'FAILED', input: string) =>
        buildMaterialization({
          ...{ job: jobOf(namespace), runId: `${at}-${minutes}`, state, occurredAt: noon + minutes * minute },
          ...{ inputs: [`${at}/${input}`], outputs: [`${at}/out`] },
        })
      const facts = buildJobEvent({
        job: { ...jobOf(namespace), type: 'model' },
        ...{ description: 'Loads', owners: ['ann'], tags: ['daily'], metadata: { sql: '"select 1"', n: '1' } },
        lineage: [{ output: `${at}/next`, inputs: [`${at}/out`] }],
      })
      const removal = buildJobEvent({
        job: jobOf(namespace),
        occurredAt: noon + minute,
        removed: ['tags', 'metadata:n'],
      })
      await record([run(1, 'SUCCEEDED', 'a'), run(2, 'SUCCEEDED', 'b'), run(3, 'FAILED', 'c'), facts, removal])
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
    it('leaves out and counts jobs that only ran as children and wrote no asset', async () => {
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

    it('contains jobs without runs, with the outputs they declare', async () => {
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

    it('contains the latest run and the outputs of each job', async () => {
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
