import type { AssetEvent, JobEvent } from './events.ts'

/** An AssetEvent's fields when nothing is said: what an event says is put over it. */
export const nothingSaidOfAsset: Omit<AssetEvent, 'eventId' | 'occurredAt' | 'producer' | 'key' | 'change'> = {
  properties: null,
  owners: null,
  tags: null,
  alias: null,
  renamedTo: null,
  policy: null,
  description: null,
  schema: null,
  metadata: {},
  metrics: {},
  removed: [],
  aliasSource: 'DECLARED',
}

/** A JobEvent's fields when nothing is said. */
export const nothingSaidOfJob: Omit<JobEvent, 'eventId' | 'occurredAt' | 'producer' | 'job'> = {
  description: null,
  owners: null,
  tags: null,
  metadata: {},
  removed: [],
  lineage: null,
}
