import type { HeadwaterEvent } from '@headwater/schemas'
import type { KeyOf } from '../dataset-key.ts'
import type { DatasetSaid } from '../facts/dataset-facts.ts'
import { aliasEvents } from './alias-events.ts'
import type { SaidAt } from './event-origin.ts'
import { exposureEvents } from './exposure-events.ts'
import { lifecycleEvents } from './lifecycle-events.ts'
import { statedEvents, type ToldBy } from './stated-event.ts'

type AssetContext = {
  readonly at: SaidAt
  readonly key: KeyOf
  /** Of the job, or where there is none of the dataset. */
  readonly namespace: string
  readonly told: ToldBy
  /** True when what is said to be done is done. */
  readonly hasHappened: boolean
}

/** What an event says of one of its datasets. */
export const assetEvents = (said: DatasetSaid, context: AssetContext): readonly HeadwaterEvent[] => [
  ...statedEvents(said, context.told, context.at),
  ...aliasEvents(said, context.key, context.at),
  ...(context.hasHappened ? lifecycleEvents(said, context.key, context.at) : []),
  ...exposureEvents(said, context.namespace, context.at),
]
