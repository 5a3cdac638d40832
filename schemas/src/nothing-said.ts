import type { AssetEvent, JobEvent } from './events.ts'

/** Fields of an AssetEvent that states nothing: spread it before what an event states. */
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

/** Fields of a JobEvent that states nothing. */
export const nothingSaidOfJob: Omit<JobEvent, 'eventId' | 'occurredAt' | 'producer' | 'job'> = {
  description: null,
  owners: null,
  tags: null,
  metadata: {},
  removed: [],
  lineage: null,
}
