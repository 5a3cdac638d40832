import type { Position } from '@headwater/kafka'
import type { RunIdentity } from '@headwater/lineage'
import type { CheckResult, MaterializationEvent, MaterializationView } from '@headwater/schemas'
import type { Hash128 } from './hash128.ts'

// One row type a table of infra/clickhouse/migrations. Times are epoch milliseconds.

/** Which event says it, and when. */
export type Origin = {
  /** Hash of the event's content: re-deliveries are the same fact. */
  readonly factId: Hash128
  readonly occurredAt: number
  /** When the log got it. */
  readonly recordedAt: number
}
/** Ids of the input sets that an event names; null is the empty set. */
export type NamedSets = {
  readonly inputSet: Hash128 | null
  /** For each output: undefined when it has no inputs of its own. Empty when none has. */
  readonly ownSets: readonly (Hash128 | null | undefined)[]
}

export type RunFactRow = {
  readonly origin: Origin
  readonly view: MaterializationView
  readonly sets: NamedSets
  /** Column set of each output, in order; empty when none has any. */
  readonly columnSets: readonly (Hash128 | undefined)[]
  /** The event of the view, where it says more than the view shows. */
  readonly event: MaterializationEvent | undefined
}
export type InputSetRow = { readonly setId: Hash128; readonly inputs: readonly string[] }
export type AssetReadRow = {
  readonly asset: string
  readonly jobNamespace: string
  readonly jobName: string
  readonly setId: Hash128
}
export type AssetWriteRow = Pick<AssetReadRow, 'asset' | 'jobNamespace' | 'jobName'>
export type AssetSightingRow = { readonly key: string; readonly seenAt: number }
/** What one event states about an asset or a job under one facet. */
export type FacetFact = {
  /**
   * Of an asset: properties, description, owners, tags, schema, metadata, metric, policy, renamed, dropped.
   * Of a job: type, description, owners, tags, metadata, lineage.
   */
  readonly facet: string
  /** Name of the metadata entry or metric; empty for a whole facet. */
  readonly subject: string
  /** JSON text. */
  readonly value: string
}
export type AssetFactRow = FacetFact & { readonly origin: Origin; readonly asset: string }
export type JobFactRow = FacetFact & {
  readonly origin: Origin
  readonly jobNamespace: string
  readonly jobName: string
}
export type CheckRow = {
  readonly origin: Origin
  readonly asset: string
  readonly check: CheckResult
  readonly ordinal: number
  readonly run: RunIdentity
}
/** That one column is made of another; texts are empty where nothing is said. */
export type ColumnLink = {
  /** Empty for the whole row. */
  readonly column: string
  readonly input: string
  readonly inputColumn: string
  readonly transformation: string
  readonly kind: string
  readonly isMasking: boolean
  readonly description: string
}
export type ColumnSetRow = { readonly setId: Hash128; readonly links: readonly ColumnLink[] }
export type PositionRow = Position & { readonly recordedAt: number }
/** @see GenerationWatch */
export type FoldedOffsetRow = PositionRow & { readonly generation: number }

export type HeartbeatRow = {
  readonly topic: string
  readonly partition: number
  readonly logEndOffset: number
  readonly nextOffset: number
  readonly observedAt: number
}
