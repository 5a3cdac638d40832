// What unit tests may use: no stack, no I/O.
export { buildAssetEvent, buildCheckEvent, buildJobEvent, buildMaterialization, noon } from './events/build-event.ts'
export { batchOf, logOf, recordsOf, schemaIds } from './events/records-of.ts'
export { realShapedEvents } from './real-shaped/real-shaped-events.ts'
export type { EndedRun } from './reference/ended-run.ts'
export { foldReference } from './reference/fold-reference.ts'
export { randomAliases } from './reference/random-aliases.ts'
export { randomMoment, randomWorld } from './reference/random-world.ts'
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
export { withKeys } from './reference/with-keys.ts'
