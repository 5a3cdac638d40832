import type { InputSetId, Run, RunFact, RunIdentity, RunOutput } from '@headwater/lineage'
import type { CheckResult } from '@headwater/schemas'
import type { Position } from './position.ts'

// One row type a table of infra/clickhouse/migrations. Times are epoch milliseconds, hashes 32 hex digits.

export type RunEventRow = { readonly run: RunIdentity; readonly eventId: string; readonly fact: RunFact }
export type InputSetRow = { readonly setId: InputSetId; readonly inputs: readonly string[] }
export type RunRow = { readonly identity: RunIdentity; readonly run: Run }
export type MaterializationRow = RunRow & { readonly output: RunOutput }
export type EdgeIndexRow = {
  readonly upstream: string
  readonly downstream: string
  readonly jobNamespace: string
  readonly jobName: string
}
export type AssetRow = { readonly key: string; readonly firstSeen: number; readonly lastSeen: number }
export type AssetFacet = 'properties' | 'owners' | 'tags' | 'schema' | 'policy' | 'alias' | 'renamed' | 'dropped'
export type AssetFactRow = {
  readonly asset: string
  readonly facet: AssetFacet
  readonly subject: string
  readonly occurredAt: number
  readonly factId: string
  /** JSON text. */
  readonly value: string
  readonly recordedAt: number
}
export type MetricRow = {
  readonly asset: string
  readonly metric: string
  readonly run: RunIdentity
  readonly occurredAt: number
  readonly factId: string
  readonly value: number
  readonly recordedAt: number
}
export type CheckRow = {
  readonly asset: string
  readonly check: CheckResult
  readonly occurredAt: number
  readonly factId: string
  readonly ordinal: number
  readonly run: RunIdentity
  readonly recordedAt: number
}
export type PositionRow = Position & { readonly recordedAt: number }

export type HeartbeatRow = {
  readonly topic: string
  readonly partition: number
  readonly logEndOffset: number
  readonly nextOffset: number
  readonly observedAt: number
}
