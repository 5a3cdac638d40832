export {
  type ChangesByCause,
  causesOfChanges,
  changesByCause,
  type FactsOfChanges,
  type RunAtMoment,
  type RunsOfChanges,
  type SuccessfulRun,
} from './edges/causes-of-changes.ts'
export { type CandidateEdge, candidatesOf, changedEdges, type Drops } from './edges/changed-edges.ts'
export {
  currentEdges,
  type InputsOf,
  type RunGroup,
  type WriterHistory,
  writerHistories,
} from './edges/current-edges.ts'
export { canonicalLinks, type DeclaredLink, declaredEvidence } from './edges/declared-edges.ts'
export type { EdgeChange, EdgeChanges } from './edges/edge-change.ts'
export { type ChangedWriter, type DeclaredChange, edgesOfWriter } from './edges/edges-of-writer.ts'
export { jobEdgeKey, type Writer, type WritingRun, writerKey, writerOf } from './edges/job-edge.ts'
export { completeEvent, type EventDefaults } from './events/complete-event.ts'
export { eventProblem, isEventTime, maxNameLength } from './events/event-problem.ts'
export { maxJsonDepth, tooDeepAt } from './events/json-depth.ts'
export { type JsonProblem, jsonPointer } from './events/json-problem.ts'
export {
  type AssetFact,
  type AssetFacts,
  type CheckFact,
  foldAssetFacts,
  type MetricFact,
  type Sighting,
} from './fold/asset-facts.ts'
export { type AssetLife, isDropped } from './fold/asset-life.ts'
export { EventLog, type RecordedEvent } from './fold/event-log.ts'
export { type Fact, latestEntries, latestValue } from './fold/fact.ts'
export { foldRun, startedAtOf } from './fold/fold-run.ts'
export { foldJobFacts, type JobFact } from './fold/job-facts.ts'
export {
  type ColumnGraph,
  type ColumnGraphEdge,
  type ColumnNode,
  type EdgeTransformation,
  isIndirect,
} from './graph/column-graph.ts'
export {
  type ColumnEnd,
  type ColumnEvidence,
  type ColumnLink,
  type ColumnSelection,
  type ColumnTransformation,
  linksOf,
} from './graph/column-link.ts'
export { findPaths, type PathSearch, type PathsAnswer } from './graph/find-paths.ts'
export type {
  Direction,
  Edge,
  EdgeAssertion,
  EdgeEvidence,
  LineageAnswer,
  LineageNode,
  Omission,
} from './graph/lineage-answer.ts'
export { type EdgeLoader, type Traversal, traverse } from './graph/traverse.ts'
export { type TreeRow, treeRows } from './graph/tree-rows.ts'
export { type ColumnLinkLoader, type ColumnWalk, walkColumns } from './graph/walk-columns.ts'
export {
  type AssetSituation,
  evaluateHealth,
  type Health,
  type HealthReason,
  type HealthReasonCode,
  type HealthStatus,
} from './health/health.ts'
export { AliasBuilder, type AliasChange } from './identity/aliases/alias-builder.ts'
export type { AliasGroup } from './identity/aliases/alias-group.ts'
export { type AliasFacts, type AliasIndex, aliasIndex } from './identity/aliases/alias-index.ts'
export { type AliasRow, type AliasSource, type AliasStatement, compareKeys } from './identity/aliases/alias-row.ts'
export type { RefusedMerge } from './identity/aliases/merge-groups.ts'
export { lastingRenames } from './identity/aliases/renames.ts'
export type { AuthorityRule } from './identity/authorities/authority-rules.ts'
export { parseAuthorityRules } from './identity/authorities/parse-authority-rules.ts'
export {
  type AssetKey,
  assetKeyPattern,
  assetKeyProblem,
  keyPrefixProblem,
  maxAssetKeyLength,
  parseAssetKey,
  platformOf,
} from './identity/keys/asset-key.ts'
export { canonicalKey } from './identity/keys/canonical-key.ts'
export { caseFoldedKeys } from './identity/keys/case-folding.ts'
export type { DatasetName } from './identity/keys/dataset-name.ts'
export { datasetNameOf } from './identity/keys/dataset-name.ts'
export { canonicalPrefix, isSchemeAlone, isUnder } from './identity/keys/key-prefix.ts'
export { isPathPlatform } from './identity/keys/platform.ts'
export { maxPrefectKeyLength, prefectKeyProblem } from './identity/keys/prefect-key.ts'
export {
  type PartitionRules,
  parsePartitionRules,
  type TrimmedKey,
  trimPartitions,
} from './identity/keys/trim-partitions.ts'
export { type JobIdentity, jobKey } from './runs/job-identity.ts'
export type { Run, RunColumn, RunOutput } from './runs/run.ts'
export { type RunIdentity, runKey, runOf } from './runs/run-identity.ts'
export { endsRun, joinStates, rankOf } from './runs/run-state.ts'
export { bytesMayHaveSecret } from './secrets/bytes-may-have-secret.ts'
export { decodedWithoutSecrets } from './secrets/decoded-without-secrets.ts'
export { type Erasure, erasedEvent } from './secrets/erased-event.ts'
export { eventWithoutSecrets } from './secrets/event-without-secrets.ts'
export { keyWithoutSecrets } from './secrets/key-without-secrets.ts'
export { textWithoutSecrets, withoutSecrets } from './secrets/without-secrets.ts'
export { type EdgeChoice, type GraphView, isNow, type Moment } from './time/moment.ts'
export { latestTime, parseDuration, parsePointInTime, parseTime } from './time/parse-time.ts'
