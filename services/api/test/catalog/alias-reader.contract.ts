import { buildAssetEvent, buildMaterialization, noon } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { folder, minute, type RecordedCatalog } from './recorded-catalog.ts'

export function describeAliases(opened: () => RecordedCatalog): void {
  describe('aliases', () => {
    it('resolve to the canonical key, until they are removed', async () => {
      const [key, alias] = [`${folder()}/a`, `${folder()}/b`]
      const declared = (change: 'ALIASED' | 'UNALIASED', minutes: number) =>
        buildAssetEvent({ key, alias, change, aliasSource: 'DECLARED', occurredAt: noon + minutes * minute })
      await opened().record([buildMaterialization({ outputs: [key] }), declared('ALIASED', 1)])
      const merged = (await opened().store.open()).aliases
      expect([await merged.canonicalKey(alias), await merged.canonicalKey(key)]).toEqual([key, key])
      expect(merged.index.keysOf(alias)).toEqual([key, alias])
      await opened().record([declared('UNALIASED', 2)])
      const split = (await opened().store.open()).aliases
      expect(await split.canonicalKey(alias)).toBe(alias)
    })
  })
}
