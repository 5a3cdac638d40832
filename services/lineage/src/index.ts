export {
  type AssetKey,
  assetKeyProblem,
  keyBeginningProblem,
  maxAssetKeyLength,
  parseAssetKey,
  platformOf,
} from './asset-key.ts'
export {
  type ColumnGraph,
  type ColumnGraphEdge,
  type ColumnNode,
  isIndirect,
  type StatedTransformation,
} from './column-graph.ts'
export {
  type ColumnEnd,
  type ColumnEvidence,
  type ColumnLink,
  type ColumnSelection,
  type ColumnTransformation,
  linksOf,
} from './column-link.ts'
export { completeEvent, type EventDefaults } from './complete-event.ts'
export { type AssertingRun, addingRun, removingRun } from './edge-change.ts'
export { eventProblem, isEventTime, maxNameLength } from './event-problem.ts'
export { findPaths, type PathSearch, type PathsAnswer } from './find-paths.ts'
export { foldRun, startedAtOf } from './fold-run.ts'
export {
  type AssetSituation,
  evaluateHealth,
  type Health,
  type HealthReason,
  type HealthReasonCode,
  type HealthStatus,
} from './health.ts'
export { AliasBuilder, type AliasChange } from './identity/alias-builder.ts'
export type { AliasGroup } from './identity/alias-group.ts'
export { type AliasFacts, type AliasIndex, aliasIndex } from './identity/alias-index.ts'
export { type AliasRow, type AliasSource, type AliasStatement, compareKeys } from './identity/alias-row.ts'
export type { RuleColumns } from './identity/authority-rewriting.ts'
export type { AuthorityRule } from './identity/authority-rules.ts'
export { canonicalKey } from './identity/canonical-key.ts'
export type { DatasetName } from './identity/dataset-name.ts'
export { datasetNameOf } from './identity/dataset-name-of.ts'
export { foldedCases } from './identity/folded-case.ts'
export { isPathPlatform } from './identity/is-path-platform.ts'
export type { RefusedMerge } from './identity/merge-groups.ts'
export { parseAuthorityAliases } from './identity/parse-authority-aliases.ts'
export {
  type PartitionRules,
  parsePartitionRules,
  type TrimmedKey,
  trimPartitions,
} from './identity/trim-partitions.ts'
export { maxJsonDepth, tooDeepAt } from './json-depth.ts'
export { type JsonProblem, jsonPointer } from './json-problem.ts'
export type {
  Direction,
  Edge,
  EdgeAssertion,
  EdgeEvidence,
  LineageAnswer,
  LineageNode,
  Omission,
} from './lineage-answer.ts'
export { type EdgeChoice, type GraphView, isNow, type Moment } from './moment.ts'
export { parseDuration, parseTime } from './parse-time.ts'
export { maxPrefectKeyLength, prefectKeyProblem } from './prefect-key.ts'
export type { InputSetId, OutputFact, Run, RunFact, RunIdentity, RunOutput } from './run.ts'
export { endsRun, joinStates, rankOf } from './run-state.ts'
export { type EdgeLoader, type Traversal, traverse } from './traverse.ts'
export { type ColumnLinkLoader, type ColumnWalk, walkColumns } from './walk-columns.ts'
