export { divideEvent } from './divide-event.ts'
export { toOpenLineage } from './emit/to-open-lineage.ts'
export { withContentId } from './events/with-content-id.ts'
export { headwaterEventsOf, type MappingOptions } from './headwater-events.ts'
export type {
  FacetMap,
  OpenLineageDataset,
  OpenLineageDatasetEvent,
  OpenLineageEvent,
  OpenLineageJob,
  OpenLineageJobEvent,
  OpenLineageRunEvent,
} from './open-lineage-event.ts'
export type { EventProblem } from './read/problem-list.ts'
export { type ReadEvent, readOpenLineageEvent } from './read/read-event.ts'
export { metadataMap } from './text/metadata-map.ts'
