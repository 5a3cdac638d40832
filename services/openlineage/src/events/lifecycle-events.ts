import { type HeadwaterEvent, nothingSaidOfAsset } from '@headwater/schemas'
import type { KeyOf } from '../dataset-key.ts'
import type { DatasetSaid } from '../dataset-said.ts'
import type { SaidAt } from '../said-at.ts'
import { sealed } from '../sealed.ts'

/** That an asset was dropped or renamed. Only for events that say it has happened: a start announces it, a failure denies it. */
export function lifecycleEvents(said: DatasetSaid, key: KeyOf, at: SaidAt): readonly HeadwaterEvent[] {
  const { lifecycle } = said
  if (lifecycle?.change === 'DROP') {
    return [sealed('AssetEvent', { ...at, key: said.key, change: 'DROPPED', ...nothingSaidOfAsset })]
  }
  if (lifecycle?.change !== 'RENAME' || lifecycle.previous === undefined) return []
  const before = key(lifecycle.previous).key
  if (before === said.key) return []
  const renamed = { renamedTo: said.key }
  return [sealed('AssetEvent', { ...at, key: before, change: 'RENAMED', ...nothingSaidOfAsset, ...renamed })]
}
