import type { HeadwaterEvent } from '@headwater/schemas'
import { buildAssetEvent, buildCheckEvent, buildMaterialization, noon, uniqueName } from '@headwater/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AssetCatalog } from '../src/asset-catalog.ts'

export type RecordedCatalog = {
  readonly catalog: AssetCatalog
  record(events: readonly HeadwaterEvent[]): Promise<void>
}

const minute = 60_000
const iso = (epochMs: number) => new Date(epochMs).toISOString()

/** What every catalog answers, whatever keeps its assets. Each test has assets and jobs of its own. */
export function describeAssetCatalog(name: string, open: () => Promise<RecordedCatalog>): void {
  describe(`${name} as an asset catalog`, () => {
    let catalog: AssetCatalog
    let record: RecordedCatalog['record']
    beforeAll(async () => {
      ;({ catalog, record } = await open())
    })

    const folder = () => `s3://${uniqueName('bucket').replaceAll('_', '-')}`
    const edges = async (key: string, direction: 'upstream' | 'downstream') =>
      (await catalog.edges([key], direction)).map(({ from, to }) => [from, to])

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
        }
        const edge = { from: `${at}/in`, to: `${at}/out`, jobs: [evidence] }
        expect(await catalog.edges([`${at}/out`], 'upstream')).toEqual([edge])
        expect(await catalog.edges([`${at}/in`], 'downstream')).toEqual([edge])
      })

      it('of equally late runs are those of the greater run id', async () => {
        const at = folder()
        const run = (runId: string, input: string) =>
          buildMaterialization({ runId: `${at}-${runId}`, inputs: [input], outputs: [`${at}/out`] })
        await record([run('2', `${at}/second`), run('1', `${at}/first`)])
        expect(await edges(`${at}/out`, 'upstream')).toEqual([[`${at}/second`, `${at}/out`]])
      })

      it('of an output with inputs of its own are those, marked explicit', async () => {
        const at = folder()
        const outputs = [{ key: `${at}/own`, inputs: [`${at}/b`] }, `${at}/rest`, { key: `${at}/none`, inputs: [] }]
        await record([buildMaterialization({ inputs: [`${at}/a`, `${at}/b`], outputs })])
        const own = await catalog.edges([`${at}/own`, `${at}/none`], 'upstream')
        expect(own).toMatchObject([{ from: `${at}/b`, to: `${at}/own`, jobs: [{ assertion: 'explicit' }] }])
        expect((await edges(`${at}/a`, 'downstream')).toSorted()).toEqual([[`${at}/a`, `${at}/rest`]])
      })

      it('join jobs that assert the same edge, and keep an asset that reads itself', async () => {
        const at = folder()
        const run = (job: string) =>
          buildMaterialization({ job, inputs: [`${at}/in`, `${at}/out`], outputs: [`${at}/out`] })
        await record([run(`${at}-b`), run(`${at}-a`)])
        const found = await catalog.edges([`${at}/in`, `${at}/out`], 'downstream')
        expect(found.map(({ from, to, jobs }) => [from, to, jobs.map(({ jobName }) => jobName)]).toSorted()).toEqual([
          [`${at}/in`, `${at}/out`, [`${at}-a`, `${at}-b`]],
          [`${at}/out`, `${at}/out`, [`${at}-a`, `${at}-b`]],
        ])
      })

      it('accumulate over the events of a run, in whatever order they come', async () => {
        const at = folder()
        const events = [
          buildMaterialization({ runId: at, state: 'SUCCEEDED', occurredAt: noon + minute, outputs: [`${at}/out`] }),
          buildMaterialization({ runId: at, state: 'STARTED', inputs: [`${at}/in`] }),
        ]
        await record(events)
        expect(await edges(`${at}/in`, 'downstream')).toEqual([[`${at}/in`, `${at}/out`]])
      })

      it('leave with an asset that is dropped, and come back with its next success', async () => {
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
        expect(await catalog.assetCard(`${at}/out`)).toMatchObject({ dropped: true, droppedAt: iso(noon + 2 * minute) })
        await record([run(3)])
        expect(await edges(`${at}/in`, 'downstream')).toEqual([[`${at}/in`, `${at}/out`]])
        expect(await catalog.assetCard(`${at}/out`)).toMatchObject({
          dropped: false,
          degree: { upstream: 1, downstream: 1 },
        })
      })
    })

    describe('a card', () => {
      it('is undefined for an asset that no event names', async () => {
        expect(await catalog.assetCard(`${folder()}/nothing`)).toBeUndefined()
      })

      it('of an asset that is only read is UNKNOWN', async () => {
        const at = folder()
        await record([buildMaterialization({ inputs: [`${at}/in`], outputs: [`${at}/out`] })])
        expect(await catalog.assetCard(`${at}/in`)).toMatchObject({
          key: `${at}/in`,
          platform: 's3',
          lastMaterialization: null,
          health: { status: 'UNKNOWN', reasons: [{ code: 'NEVER_WRITTEN' }] },
          degree: { upstream: 0, downstream: 1 },
        })
      })

      it('has the latest of everything that is said', async () => {
        const key = `${folder()}/out`
        const properties = { name: 'Orders', description: 'All of them', url: 'https://x.test', owners: ['ann'] }
        const column = { name: 'id', type: 'int', description: null }
        await record([
          buildAssetEvent({ key, change: 'DESCRIBED', properties, occurredAt: noon + 2 }),
          buildAssetEvent({
            key,
            change: 'DESCRIBED',
            properties: { ...properties, name: 'Old' },
            occurredAt: noon + 1,
          }),
          buildAssetEvent({ key, change: 'TAGGED', tags: ['gold', 'pii'] }),
          buildAssetEvent({ key, change: 'ALIASED', alias: `${key}-1`, occurredAt: noon + 1 }),
          buildAssetEvent({ key, change: 'ALIASED', alias: `${key}-2`, occurredAt: noon + 1 }),
          buildAssetEvent({ key, change: 'UNALIASED', alias: `${key}-1`, occurredAt: noon + 2 }),
          buildAssetEvent({ key, change: 'RENAMED', renamedTo: `${key}-3` }),
          buildMaterialization({ outputs: [{ key, schema: [column], metrics: { rows: 3 } }], occurredAt: noon + 5 }),
        ])
        expect(await catalog.assetCard(key)).toMatchObject({
          ...properties,
          tags: ['gold', 'pii'],
          aliases: [`${key}-2`],
          renamedTo: `${key}-3`,
          columns: [column],
          metrics: [{ name: 'rows', value: 3, occurredAt: iso(noon + 5), jobName: 'load' }],
          firstSeen: iso(noon),
          lastSeen: iso(noon + 5),
          dropped: false,
          droppedAt: null,
        })
      })

      it('takes owners from who owns it, and else from its properties', async () => {
        const key = `${folder()}/out`
        const properties = { name: null, description: null, url: null, owners: ['ann'] }
        await record([buildAssetEvent({ key, change: 'DESCRIBED', properties, occurredAt: noon + minute })])
        expect(await catalog.assetCard(key)).toMatchObject({ owners: ['ann'] })
        await record([buildAssetEvent({ key, change: 'OWNED', owners: ['bob', 'cleo'] })])
        expect(await catalog.assetCard(key)).toMatchObject({ owners: ['bob', 'cleo'] })
        expect(await catalog.assetSummaries([key])).toMatchObject([{ owners: ['bob', 'cleo'] }])
      })

      it('is FAILED since the first failure after the latest success, with its error', async () => {
        const key = `${folder()}/out`
        const run = (
          minutes: number,
          state: 'SUCCEEDED' | 'FAILED' | 'ABORTED' | 'STARTED',
          error: string | null = null,
        ) =>
          buildMaterialization({
            state,
            error,
            occurredAt: noon + minutes * minute,
            runId: `${key}-${minutes}`,
            outputs: [key],
          })
        await record([
          run(1, 'FAILED'),
          run(2, 'SUCCEEDED'),
          run(3, 'ABORTED'),
          run(4, 'FAILED', 'disk full'),
          run(5, 'STARTED'),
        ])
        expect(await catalog.assetCard(key)).toMatchObject({
          lastMaterialization: { state: 'STARTED', endedAt: null, startedAt: iso(noon + 5 * minute) },
          lastSuccess: { runId: `${key}-2`, endedAt: iso(noon + 2 * minute) },
          lastFailure: { runId: `${key}-4`, error: 'disk full' },
          materializations: { UNKNOWN: 0, STARTED: 1, RUNNING: 0, SUCCEEDED: 1, ABORTED: 1, FAILED: 2 },
          health: { status: 'FAILED', reasons: [{ code: 'LAST_RUN_FAILED', since: iso(noon + 3 * minute) }] },
        })
        expect(await catalog.assetSummaries([key])).toMatchObject([
          { health: 'FAILED', lastState: 'STARTED', lastEndedAt: null, lastSuccessAt: iso(noon + 2 * minute) },
        ])
        await record([run(6, 'SUCCEEDED')])
        expect(await catalog.assetCard(key)).toMatchObject({ health: { status: 'HEALTHY' } })
      })

      it('is DEGRADED while the latest result of a check is bad', async () => {
        const key = `${folder()}/out`
        const check = (status: 'PASS' | 'FAIL', minutes: number) =>
          buildCheckEvent({ key, occurredAt: noon + minutes * minute, check: { name: 'unique', column: 'id', status } })
        await record([buildMaterialization({ outputs: [key] }), check('FAIL', 2), check('PASS', 1)])
        expect(await catalog.assetCard(key)).toMatchObject({
          health: { status: 'DEGRADED' },
          checks: [{ name: 'unique', column: 'id', status: 'FAIL', occurredAt: iso(noon + 2 * minute), run: null }],
        })
        expect(await catalog.assetSummaries([key])).toMatchObject([{ health: 'DEGRADED' }])
        await record([check('PASS', 3)])
        expect(await catalog.assetCard(key)).toMatchObject({ health: { status: 'HEALTHY' } })
      })

      it('names the run that made a check', async () => {
        const key = `${folder()}/out`
        const checks = [
          { name: 'n', column: null, severity: 'WARN', status: 'FAIL', expected: '0', actual: '2', message: null },
        ] as const
        await record([buildMaterialization({ runId: key, outputs: [{ key, checks }] })])
        expect(await catalog.assetCard(key)).toMatchObject({
          health: { status: 'WARNING' },
          checks: [{ ...checks[0], run: { jobNamespace: 'test', jobName: 'load', runId: key } }],
        })
      })
    })

    describe('a search', () => {
      it('finds by any part of the key, whatever the case of its letters', async () => {
        const at = folder()
        await record([buildMaterialization({ outputs: [`${at}/Orders_50`, `${at}/customers`, `${at}/größe`] })])
        const found = async (q: string) =>
          (await catalog.assets({ q, prefix: at, limit: 9 })).items.map(({ key }) => key)
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
        const first = await catalog.assets({ prefix: at, limit: 2 })
        expect(first).toMatchObject({ items: [{ key: `${at}/b` }, { key: `${at}/d` }], next: `${at}/d` })
        await write('a', 'e')
        const second = await catalog.assets({ prefix: at, limit: 2, after: first.next! })
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
        expect(await catalog.assetFacets({ q: name })).toEqual({ total: 3, platforms })
        expect(await catalog.assetFacets({ q: name, platform: 'postgres' })).toEqual({ total: 1, platforms })
        expect((await catalog.assets({ q: name, platform: 'postgres', limit: 9 })).items).toMatchObject([
          { key: `postgres://${name}/1`, platform: 'postgres' },
        ])
      })

      it('suggests keys that look like an unknown one', async () => {
        const at = folder()
        await record([buildMaterialization({ outputs: [`${at}/orders`, `${at}/customers`] })])
        expect((await catalog.similarKeys(`${at}/order`, 3)).includes(`${at}/orders`)).toBe(true)
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
        const first = await catalog.materializations({ key: `${at}/out`, limit: 2 })
        expect(first.items.map(({ runId }) => runId)).toEqual([`${at}-4`, `${at}-3`])
        const second = await catalog.materializations({ key: `${at}/out`, limit: 2, after: first.next! })
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
        const running = await catalog.materializations({ key: `${at}/out`, state: 'RUNNING', limit: 9 })
        expect(running.items.map(({ runId }) => runId)).toEqual([`${at}-4`])
      })

      it('is empty for an asset that nothing wrote', async () => {
        expect(await catalog.materializations({ key: `${folder()}/out`, limit: 9 })).toEqual({ items: [], next: null })
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
        const [flow, other, ...rest] = await catalog.runs(at)
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
        expect((await catalog.runs(`${at}-1`))[0]).toMatchObject({ parent, root: parent })
        expect(await catalog.runs(`${at}-3`)).toEqual([])
      })

      it('of one job come latest first, page by page', async () => {
        const jobName = folder()
        const job = { namespace: 'test', name: jobName, type: 'task' }
        const run = (minutes: number, state: 'SUCCEEDED' | 'FAILED') =>
          buildMaterialization({ job, state, runId: `${jobName}-${minutes}`, occurredAt: noon + minutes * minute })
        await record([run(1, 'SUCCEEDED'), run(2, 'FAILED'), run(3, 'SUCCEEDED')])
        const of = { jobNamespace: 'test', jobName }
        const first = await catalog.jobRuns({ ...of, limit: 2 })
        expect(first.items.map(({ runId }) => runId)).toEqual([`${jobName}-3`, `${jobName}-2`])
        const second = await catalog.jobRuns({ ...of, limit: 2, after: first.next! })
        expect(second).toMatchObject({ items: [{ runId: `${jobName}-1`, jobType: 'task' }], next: null })
        expect((await catalog.jobRuns({ ...of, state: 'FAILED', limit: 9 })).items).toHaveLength(1)
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
        const first = await catalog.jobs({ namespace, limit: 1 })
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
        expect(await catalog.jobs({ namespace, limit: 1, after: first.next! })).toMatchObject({
          items: [{ jobName: 'report' }],
          next: null,
        })
        expect((await catalog.jobs({ namespace, q: 'lOAD', limit: 9 })).items).toHaveLength(1)
      })
    })
  })
}
