export { type ColumnOfAnswer, type DecodeColumn, readRows } from './calls/read-rows.ts'
export { runStatement, type Statement } from './calls/run-statement.ts'
export { type ClickHouseErrorName, clickHouseCode, isClickHouseError } from './errors/clickhouse-error.ts'
export { type ClickHouseFailure, clickHouseFailure } from './errors/clickhouse-failure.ts'
export { IncompleteAnswer } from './errors/incomplete-answer.ts'
export { applyHorizons } from './expiry/apply-horizons.ts'
export { ExpiryError, type ExpiryOptions, type ExpiryResult, expireHistory } from './expiry/expire-history.ts'
export { MigrationError, migrate, migrationScript } from './migrations/migrate.ts'
export { replayLeaseMs } from './replay/replay-lease.ts'
export type { ReplayOutcome, ReplayReport, TableComparison } from './replay/replay-report.ts'
export { elementsOf } from './sql/elements-of.ts'
export {
  type CanonicalSql,
  foldedMaterializations,
  materializationsOf,
  writers,
  writesAny,
} from './sql/folded-materializations.ts'
export { foldedRuns } from './sql/folded-runs.ts'
export { joinGaps, type LogGap, logGapsSql, recordsIn } from './sql/log-gaps.ts'
export { foldedUntil, partitionStatesSql } from './sql/partition-states.ts'
export { factsWithin, timeParameter, within } from './sql/within.ts'
