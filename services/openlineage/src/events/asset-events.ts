import { type AssetEvent, assetEventDefaults, type HeadwaterEvent } from '@headwater/schemas'
import type { KeyOf } from '../dataset-key.ts'
import type { DatasetFacts } from '../facts/dataset-facts.ts'
import { renamedFrom } from '../facts/renamed-from.ts'
import type { EventOrigin } from './event-origin.ts'
import { exposureEvents } from './exposure-events.ts'
import { type ReportedBy, statedEvents } from './stated-event.ts'
import { withContentId } from './with-content-id.ts'

type AssetContext = {
  readonly origin: EventOrigin
  readonly key: KeyOf
  /** The job's namespace, or the dataset's where the event has no job. */
  readonly namespace: string
  readonly reportedBy: ReportedBy
  /** False where the event announces a change or reports that it failed. */
  readonly hasHappened: boolean
}

/** Events about one dataset of an OpenLineage event: its description, aliases, drop or rename, and dbt exposures. */
export const assetEvents = (dataset: DatasetFacts, context: AssetContext): readonly HeadwaterEvent[] => [
  ...statedEvents(dataset, context.reportedBy, context.origin),
  ...aliasEvents(dataset, context.key, context.origin),
  ...(context.hasHappened ? lifecycleEvents(dataset, context.key, context.origin) : []),
  ...exposureEvents(dataset, context.namespace, context.origin),
]

const aliasEvents = (dataset: DatasetFacts, key: KeyOf, origin: EventOrigin): readonly HeadwaterEvent[] =>
  dataset.symlinks.flatMap((symlink) => {
    const alias = key(symlink).key
    if (alias === dataset.key) return []
    return [changed(dataset.key, origin, { change: 'ALIASED', alias, aliasSource: symlink.source })]
  })

function lifecycleEvents(dataset: DatasetFacts, key: KeyOf, origin: EventOrigin): readonly HeadwaterEvent[] {
  if (dataset.lifecycle?.change === 'DROP') return [changed(dataset.key, origin, { change: 'DROPPED' })]
  return renamedFrom(dataset, key).map((oldKey) =>
    changed(oldKey, origin, { change: 'RENAMED', renamedTo: dataset.key }),
  )
}

const changed = (
  key: string,
  origin: EventOrigin,
  { change, ...details }: Pick<AssetEvent, 'change'> & Partial<AssetEvent>,
): HeadwaterEvent => withContentId('AssetEvent', { ...origin, key, change, ...assetEventDefaults, ...details })
