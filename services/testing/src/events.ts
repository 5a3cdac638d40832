// What unit tests may use: no stack, no I/O.
export { buildAssetEvent, buildCheckEvent, buildJobEvent, buildMaterialization, noon } from './events/build-event.ts'
export { batchOf, logOf, recordsOf, schemaIds } from './events/records-of.ts'
export { realShapedEvents } from './real-shaped/real-shaped-events.ts'
export { foldReference, type ReferenceFoldOptions } from './reference/fold-reference.ts'
export { randomAliases } from './reference/random-aliases.ts'
export { randomMoment, randomWorld } from './reference/random-world.ts'
export type { RecordedEvent } from './reference/recorded-event.ts'
export { type ReferenceAliases, referenceAliases } from './reference/reference-aliases.ts'
export {
  type ReferenceCause,
  type ReferenceChange,
  type ReferenceDiff,
  referenceDiff,
} from './reference/reference-diff.ts'
export type { ReferenceEdge, ReferenceEdgeMode, ReferenceEdgeName } from './reference/reference-edge.ts'
export type { ReferenceGraph } from './reference/reference-graph.ts'
export type { LineageOptions, ReferenceLineage, ReferenceLink } from './reference/reference-lineage.ts'
export { ReferenceLog } from './reference/reference-log.ts'
export type { EndedRun, ReferenceAssertion, ReferenceOutput, ReferenceRun } from './reference/reference-run.ts'
export type { ReferenceJob } from './reference/reference-writer.ts'
export { withKeys } from './reference/with-keys.ts'
