// Every answer of the read API. Times are ISO 8601 in UTC with milliseconds; absent values are null, absent lists empty.
// Fields are only ever added.

export { AliasAnswer, AliasMember, AliasStatement, RefusedAlias, SuspiciousAliases } from './contract/alias-group.ts'
export { AssetCard, Check, Column, Metric } from './contract/asset-card.ts'
export { AssetPage, AssetSummary } from './contract/asset-page.ts'
export { ColumnLineage, ColumnLink, ColumnNode, ColumnTransformation } from './contract/column-lineage.ts'
export { Health, HealthReason, healthStatuses } from './contract/health.ts'
export { JobCard } from './contract/job-card.ts'
export { EdgeEvidence, LineageAnswer, LineageNode } from './contract/lineage-answer.ts'
export { EdgeChange, LineageDiff } from './contract/lineage-diff.ts'
export { LineagePaths, PathNode } from './contract/lineage-paths.ts'
export { Materialization, MaterializationPage } from './contract/materialization-page.ts'
export { Problem } from './contract/problem.ts'
export { RunOutcome, RunReference, runStates } from './contract/run-outcome.ts'
export { JobPage, JobSummary, Run, RunPage, RunSummary, RunsAnswer } from './contract/runs.ts'
