import { type HeadwaterEvent, nothingSaidOfAsset } from '@headwater/schemas'
import type { KeyOf } from '../dataset-key.ts'
import type { DatasetSaid } from '../facts/dataset-facts.ts'
import type { SaidAt } from './event-origin.ts'
import { sealed } from './with-content-id.ts'

/** That the client knows the asset by other names too. */
export const aliasEvents = (said: DatasetSaid, key: KeyOf, at: SaidAt): readonly HeadwaterEvent[] =>
  said.symlinks.flatMap((symlink) => {
    const alias = key(symlink).key
    if (alias === said.key) return []
    const aliased = { alias, aliasSource: symlink.source }
    return [sealed('AssetEvent', { ...at, key: said.key, change: 'ALIASED', ...nothingSaidOfAsset, ...aliased })]
  })
