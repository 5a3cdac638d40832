import { type HeadwaterEvent, nothingSaidOfAsset } from '@headwater/schemas'
import type { KeyOf } from '../dataset-key.ts'
import type { DatasetSaid } from '../facts/dataset-facts.ts'
import { previousOf } from '../facts/renamed-from.ts'
import type { SaidAt } from './event-origin.ts'
import { sealed } from './with-content-id.ts'

/** That an asset was dropped or renamed. Only for events that say it has happened: a start announces it, a failure denies it. */
export function lifecycleEvents(said: DatasetSaid, key: KeyOf, at: SaidAt): readonly HeadwaterEvent[] {
  const { lifecycle } = said
  if (lifecycle?.change === 'DROP') {
    return [sealed('AssetEvent', { ...at, key: said.key, change: 'DROPPED', ...nothingSaidOfAsset })]
  }
  const renamed = { change: 'RENAMED', ...nothingSaidOfAsset, renamedTo: said.key } as const
  return previousOf(said, key).map((previous) => sealed('AssetEvent', { ...at, key: previous, ...renamed }))
}
