import type { HeadwaterEvent } from '@headwater/schemas'
import { buildAssetEvent, buildJobEvent, buildMaterialization, noon } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { folder, minute, type RecordedCatalog } from './recorded-catalog.ts'

export function describeChanges(opened: () => RecordedCatalog): void {
  const record = (events: readonly HeadwaterEvent[]) => opened().record(events)
  /** Changes of the edges between assets in one folder. */
  const changes = async (at: string, from: number, to: number) => {
    const { changes: reader } = await opened().store.open()
    const among = ['in', 'new', 'out'].map((name) => `${at}/${name}`)
    return reader.between({ from: noon + from * minute, to: noon + to * minute }, among)
  }
  const run = (at: string, minutes: number, inputs: readonly string[]) =>
    buildMaterialization({
      ...{ job: at, runId: `${at}-${minutes}`, occurredAt: noon + minutes * minute },
      ...{ inputs: inputs.map((name) => `${at}/${name}`), outputs: [`${at}/out`] },
    })

  describe('changes of edges', () => {
    it('are caused by the run that reads other inputs', async () => {
      const at = folder()
      await record([run(at, 1, ['in']), run(at, 3, ['new'])])
      const cause = { cause: 'run', at: noon + 3 * minute, run: { runId: `${at}-3` }, asset: null }
      expect(await changes(at, 2, 4)).toMatchObject({
        added: [{ from: `${at}/new`, to: `${at}/out`, jobName: at, ...cause }],
        removed: [{ from: `${at}/in`, to: `${at}/out`, jobName: at, ...cause }],
      })
      expect(await changes(at, 3, 4)).toEqual({ added: [], removed: [] })
    })

    it('are caused by a drop, and by the run that writes the asset again', async () => {
      const at = folder()
      const drop = buildAssetEvent({ key: `${at}/out`, change: 'DROPPED', occurredAt: noon + 2 * minute })
      await record([run(at, 1, ['in']), drop, run(at, 3, ['in'])])
      expect(await changes(at, 1, 2)).toMatchObject({
        added: [],
        removed: [{ from: `${at}/in`, cause: 'dropped', asset: `${at}/out`, run: null, at: noon + 2 * minute }],
      })
      expect(await changes(at, 2, 3)).toMatchObject({
        added: [{ from: `${at}/in`, cause: 'restored', run: { runId: `${at}-3` } }],
        removed: [],
      })
    })

    it('are caused by a declaration while no success has written the asset', async () => {
      const at = folder()
      const declare = (minutes: number, input: string) =>
        buildJobEvent({
          ...{ job: at, occurredAt: noon + minutes * minute },
          lineage: [{ output: `${at}/out`, inputs: [`${at}/${input}`] }],
        })
      await record([declare(1, 'in'), declare(2, 'new')])
      expect(await changes(at, 1, 2)).toMatchObject({
        added: [{ from: `${at}/new`, cause: 'declared', at: noon + 2 * minute }],
        removed: [{ from: `${at}/in`, cause: 'undeclared', at: noon + 2 * minute }],
      })
    })
  })
}
