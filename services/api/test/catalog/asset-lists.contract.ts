import type { HeadwaterEvent } from '@headwater/schemas'
import { buildMaterialization, noon, uniqueName } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { folder, iso, minute, type RecordedCatalog } from './recorded-catalog.ts'

export function describeAssetLists(opened: () => RecordedCatalog): void {
  const catalog = () => opened().store.open()
  const record = (events: readonly HeadwaterEvent[]) => opened().record(events)

  describe('a search for assets', () => {
    it('finds any part of a key, ignoring case', async () => {
      const at = folder()
      await record([buildMaterialization({ outputs: [`${at}/Orders_50`, `${at}/customers`, `${at}/größe`] })])
      const found = async (q: string) =>
        (await (await catalog()).assets.search({ q, prefix: at, limit: 9 })).items.map(({ key }) => key)
      expect(await found('oRDERS_50')).toEqual([`${at}/Orders_50`])
      expect(await found('größe')).toEqual([`${at}/größe`])
      expect(await found('_')).toEqual([`${at}/Orders_50`])
      expect(await found('nothing')).toEqual([])
    })

    it('pages by key, and skips nothing when assets are added', async () => {
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

    it('counts matching assets by platform, each asset once', async () => {
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

    it('suggests keys similar to an unknown one', async () => {
      const at = folder()
      await record([buildMaterialization({ outputs: [`${at}/orders`, `${at}/customers`] })])
      expect((await (await catalog()).assets.similarKeys(`${at}/order`, 3)).includes(`${at}/orders`)).toBe(true)
    })
  })

  describe('the materializations of an asset', () => {
    it('are sorted latest first, page by page', async () => {
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

    it('are empty for an asset that no run wrote', async () => {
      expect(await (await catalog()).assets.materializations({ moment: {}, key: `${folder()}/out`, limit: 9 })).toEqual(
        {
          items: [],
          next: null,
        },
      )
    })
  })
}
