import type { HeadwaterEvent } from '@headwater/schemas'
import {
  buildAssetEvent,
  buildCheckEvent,
  buildJobEvent,
  buildMaterialization,
  noon,
  uniqueName,
} from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { folder, iso, minute, type RecordedCatalog } from './recorded-catalog.ts'

export function describeAssetCards(opened: () => RecordedCatalog): void {
  const catalog = () => opened().store.open()
  const record = (events: readonly HeadwaterEvent[]) => opened().record(events)
  const jobOf = (namespace: string, name = 'load') => ({ namespace, name, type: null })

  describe('the card of an asset', () => {
    it('is undefined for an asset that no event names', async () => {
      expect(await (await catalog()).assets.card(`${folder()}/nothing`, {})).toBeUndefined()
    })

    it('has health UNKNOWN for an asset that is only read', async () => {
      const at = folder()
      await record([buildMaterialization({ inputs: [`${at}/in`], outputs: [`${at}/out`] })])
      expect(await (await catalog()).assets.card(`${at}/in`, {})).toMatchObject({
        key: `${at}/in`,
        platform: 's3',
        lastMaterialization: null,
        health: { status: 'UNKNOWN', reasons: [{ code: 'NEVER_WRITTEN' }] },
        degree: { upstream: 0, downstream: 1 },
      })
    })

    it('contains the latest value of everything that was reported', async () => {
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
      expect(await (await catalog()).assets.card(key, {})).toMatchObject({
        ...properties,
        tags: ['gold', 'pii'],
        aliases: [`${key}-2`],
        renamedTo: `${key}-3`,
        columns: [column],
        metrics: [{ name: 'rows', value: 3, occurredAt: iso(noon + 5), jobName: 'load' }],
        firstSeen: iso(noon),
        lastSeen: iso(noon).slice(0, 10),
        dropped: false,
        droppedAt: null,
      })
    })

    it('takes owners from ownership events, or else from its properties', async () => {
      const key = `${folder()}/out`
      const properties = { name: null, description: null, url: null, owners: ['ann'] }
      await record([buildAssetEvent({ key, change: 'DESCRIBED', properties, occurredAt: noon + minute })])
      expect(await (await catalog()).assets.card(key, {})).toMatchObject({ owners: ['ann'] })
      await record([buildAssetEvent({ key, change: 'OWNED', owners: ['bob', 'cleo'] })])
      expect(await (await catalog()).assets.card(key, {})).toMatchObject({ owners: ['bob', 'cleo'] })
      expect(await (await catalog()).assets.summaries([key], {})).toMatchObject([{ owners: ['bob', 'cleo'] }])
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
      expect(await (await catalog()).assets.card(key, {})).toMatchObject({
        lastMaterialization: { state: 'STARTED', endedAt: null, startedAt: iso(noon + 5 * minute) },
        lastSuccess: { runId: `${key}-2`, endedAt: iso(noon + 2 * minute) },
        lastFailure: { runId: `${key}-4`, error: 'disk full' },
        materializations: { UNKNOWN: 0, STARTED: 1, RUNNING: 0, SUCCEEDED: 1, ABORTED: 1, FAILED: 2 },
        health: { status: 'FAILED', reasons: [{ code: 'LAST_RUN_FAILED', since: iso(noon + 3 * minute) }] },
      })
      expect(await (await catalog()).assets.summaries([key], {})).toMatchObject([
        { health: 'FAILED', lastState: 'STARTED', lastEndedAt: null, lastSuccessAt: iso(noon + 2 * minute) },
      ])
      await record([run(6, 'SUCCEEDED')])
      expect(await (await catalog()).assets.card(key, {})).toMatchObject({ health: { status: 'HEALTHY' } })
    })

    it('is DEGRADED while the latest result of a check is bad', async () => {
      const key = `${folder()}/out`
      const check = (status: 'PASS' | 'FAIL', minutes: number) =>
        buildCheckEvent({ key, occurredAt: noon + minutes * minute, check: { name: 'unique', column: 'id', status } })
      await record([buildMaterialization({ outputs: [key] }), check('FAIL', 2), check('PASS', 1)])
      expect(await (await catalog()).assets.card(key, {})).toMatchObject({
        health: { status: 'DEGRADED' },
        checks: [{ name: 'unique', column: 'id', status: 'FAIL', occurredAt: iso(noon + 2 * minute), run: null }],
      })
      expect(await (await catalog()).assets.summaries([key], {})).toMatchObject([{ health: 'DEGRADED' }])
      await record([check('PASS', 3)])
      expect(await (await catalog()).assets.card(key, {})).toMatchObject({ health: { status: 'HEALTHY' } })
    })

    it('sorts checks by name, then those of the whole asset before those of columns', async () => {
      const key = `${folder()}/out`
      const check = (name: string, column: string | null) => buildCheckEvent({ key, check: { name, column } })
      await record([check('b', null), check('a', 'id'), check('a', null), check('a', 'amount')])
      const card = await (await catalog()).assets.card(key, {})
      expect(card?.checks.map(({ name, column }) => [name, column])).toEqual([
        ['a', null],
        ['a', 'amount'],
        ['a', 'id'],
        ['b', null],
      ])
    })

    it('names the run that ran a check', async () => {
      const key = `${folder()}/out`
      const checks = [
        { name: 'n', column: null, severity: 'WARN', status: 'FAIL', expected: '0', actual: '2', message: null },
      ] as const
      await record([buildMaterialization({ runId: key, outputs: [{ key, checks }] })])
      expect(await (await catalog()).assets.card(key, {})).toMatchObject({
        health: { status: 'WARNING' },
        checks: [{ ...checks[0], run: { jobNamespace: 'test', jobName: 'load', runId: key } }],
      })
    })

    it('prefers reported facts to properties, and loses them when they are removed', async () => {
      const key = `${folder()}/out`
      const properties = { name: null, description: 'Old', url: null, owners: null }
      const reported = { description: 'New', metadata: { tier: '1', note: '"x"' }, metrics: { rows: 5, age: 1 } }
      await record([
        buildAssetEvent({ key, change: 'DESCRIBED', properties, occurredAt: noon + 1 }),
        buildAssetEvent({
          key,
          change: 'STATED',
          ...reported,
          schema: [{ name: 'id', type: null, description: null }],
        }),
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

    it('falls back to the owners of the job of the latest success', async () => {
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
