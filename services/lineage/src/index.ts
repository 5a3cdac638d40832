export { type AssetKey, assetKeyProblem, maxAssetKeyLength, parseAssetKey, platformOf } from './asset-key.ts'
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
export {
  type AliasFacts,
  type AliasGroup,
  type AliasIndex,
  aliasIndex,
  type RefusedMerge,
} from './identity/alias-index.ts'
export { type AliasRow, type AliasSource, type AliasStatement, compareKeys } from './identity/alias-row.ts'
export type { RuleColumns } from './identity/authority-rewriting.ts'
export type { AuthorityRule } from './identity/authority-rules.ts'
export { parseAuthorityAliases } from './identity/parse-authority-aliases.ts'
export { canonicalKey } from './identity/stand-ins.ts'
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
export type { InputSetId, OutputFact, Run, RunFact, RunIdentity, RunOutput } from './run.ts'
export { endsRun, joinStates, rankOf } from './run-state.ts'
export { type EdgeLoader, type Traversal, traverse } from './traverse.ts'
