export { applyHorizons } from './apply-horizons.ts'
export { elementsOf } from './elements-of.ts'
export { type ExpiryOptions, type ExpiryResult, expireHistory } from './expire-history.ts'
export { ExpiryError } from './expiry-error.ts'
export {
  type CanonicalSql,
  foldedMaterializations,
  materializationsOf,
  writers,
  writesAny,
} from './folded-materializations.ts'
export { foldedRuns } from './folded-runs.ts'
export { MigrationError, migrate } from './migrate.ts'
export { foldedUntil, partitionStatesSql } from './partition-states.ts'
export { replayLeaseMs } from './replay-lease.ts'
export { factsWithin, timeParameter, within } from './within.ts'
