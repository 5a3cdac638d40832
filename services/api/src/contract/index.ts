// The answers of the read API. Times are ISO 8601 in UTC with milliseconds; missing values are null, missing lists empty. Versions may
// add fields, and never remove one.

export { AliasAnswer, AliasMember, AliasStatement, RefusedAlias, SuspiciousAliases } from './alias-group.ts'
export { AssetCard, Check, Column, Metric } from './asset-card.ts'
export { AssetPage, AssetSummary } from './asset-page.ts'
export { ColumnLineage, ColumnLink, ColumnNode, ColumnTransformation } from './column-lineage.ts'
export { Completeness, LogGap } from './completeness.ts'
export { Health, HealthReason, healthStatuses } from './health.ts'
export { JobCard } from './job-card.ts'
export { EdgeEvidence, LineageAnswer, LineageNode } from './lineage-answer.ts'
export { EdgeChange, LineageDiff } from './lineage-diff.ts'
export { LineagePaths, PathNode } from './lineage-paths.ts'
export { Materialization, MaterializationPage } from './materialization-page.ts'
export { Problem } from './problem.ts'
export { RunOutcome, RunReference, runStates } from './run-outcome.ts'
export { JobPage, JobSummary, Run, RunPage, RunSummary, RunsAnswer } from './runs.ts'
