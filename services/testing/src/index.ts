export { buildAssetEvent, buildCheckEvent, buildJobEvent, buildMaterialization, noon } from './build-event.ts'
export { eventually } from './eventually.ts'
export { GatewayProcess, type GatewayProcessOptions } from './gateway-process.ts'
export { projectBatches, projectEvents } from './project-events.ts'
export { ProjectorProcess, type ProjectorProcessOptions } from './projector-process.ts'
export { batchOf, logOf, recordsOf } from './records-of.ts'
export { foldReference, type ReferenceFoldOptions } from './reference/fold-reference.ts'
export { randomMoment, randomWorld } from './reference/random-world.ts'
export type { RecordedEvent } from './reference/recorded-event.ts'
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
export { ReplayProcess } from './replay-process.ts'
export { startTestStack } from './start-test-stack.ts'
export type { StartedStack } from './started-stack.ts'
export { createTestDatabase, type TestDatabase } from './test-database.ts'
export { testStack } from './test-stack.ts'
export { createTestTopic, sendEvents, sendRecords, testKafka } from './test-topic.ts'
export { uniqueName } from './unique-name.ts'
export { startWholeSystem, type WholeSystem } from './whole-system.ts'
