export { type ClickHouseErrorName, isClickHouseError } from './clickhouse-error.ts'
export { applyHorizons } from './expiry/apply-horizons.ts'
export { ExpiryError, type ExpiryOptions, type ExpiryResult, expireHistory } from './expiry/expire-history.ts'
export { MigrationError, migrate } from './migrations/migrate.ts'
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
export { foldedUntil, partitionStatesSql } from './sql/partition-states.ts'
export { factsWithin, timeParameter, within } from './sql/within.ts'
