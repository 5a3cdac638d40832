import type { AssetEvent, JobEvent } from './events.ts'

/** Values of an AssetEvent's optional fields when nothing is reported: spread it before what an event reports. */
export const assetEventDefaults: Omit<AssetEvent, 'eventId' | 'occurredAt' | 'producer' | 'key' | 'change'> = {
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

/** Values of a JobEvent's optional fields when nothing is reported. */
export const jobEventDefaults: Omit<JobEvent, 'eventId' | 'occurredAt' | 'producer' | 'job'> = {
  description: null,
  owners: null,
  tags: null,
  metadata: {},
  removed: [],
  lineage: null,
}
