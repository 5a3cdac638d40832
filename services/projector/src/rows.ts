import type { RunIdentity } from '@headwater/lineage'
import type { CheckResult, MaterializationEvent } from '@headwater/schemas'
import type { Hash128 } from './content-hash.ts'
import type { Position } from './position.ts'

// One row type a table of infra/clickhouse/migrations. Times are epoch milliseconds.

/** Which event says it, and when. */
export type Origin = {
  /** Hash of the event's content: re-deliveries are the same fact. */
  readonly factId: Hash128
  readonly occurredAt: number
  /** When the log got it. */
  readonly recordedAt: number
}
export type RunFactRow = {
  readonly origin: Origin
  readonly event: MaterializationEvent
  readonly inputSet: Hash128 | null
  /** Sets of the inputs stated for outputs of their own. */
  readonly ownSets: readonly Hash128[]
  readonly outputs: readonly string[]
}
export type OutputFactRow = {
  readonly origin: Origin
  readonly asset: string
  readonly event: MaterializationEvent
  /** Inputs stated for this output: undefined when they are not, null when it has none. */
  readonly ownSet: Hash128 | null | undefined
  readonly metadata: Readonly<Record<string, string>>
  readonly metrics: Readonly<Record<string, number>>
}
export type InputSetRow = { readonly setId: Hash128; readonly inputs: readonly string[] }
export type AssetReadRow = {
  readonly asset: string
  readonly jobNamespace: string
  readonly jobName: string
  readonly setId: Hash128
}
export type AssetSightingRow = { readonly key: string; readonly seenAt: number }
export type AssetFacet = 'properties' | 'owners' | 'tags' | 'schema' | 'policy' | 'alias' | 'renamed' | 'dropped'
export type AssetFactRow = {
  readonly origin: Origin
  readonly asset: string
  readonly facet: AssetFacet
  readonly subject: string
  /** JSON text. */
  readonly value: string
}
export type CheckRow = {
  readonly origin: Origin
  readonly asset: string
  readonly check: CheckResult
  readonly ordinal: number
  readonly run: RunIdentity
}
export type PositionRow = Position & { readonly recordedAt: number }

export type HeartbeatRow = {
  readonly topic: string
  readonly partition: number
  readonly logEndOffset: number
  readonly nextOffset: number
  readonly observedAt: number
}
