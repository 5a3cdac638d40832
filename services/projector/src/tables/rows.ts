import type { Position } from '@headwater/kafka'
import type { RunIdentity } from '@headwater/lineage'
import type { CheckResult } from '@headwater/schemas'
import type { MaterializationView } from '../fold/repeats/materialization-view.ts'
import type { EncodedTexts } from './encoded-texts.ts'
import type { Hash128 } from './hash128.ts'

// One row type per table of infra/clickhouse/migrations. Times are epoch milliseconds.

/** The event that a fact is from. */
export type Origin = {
  /** Hash of the event's content: re-deliveries have the same id. */
  readonly factId: Hash128
  readonly occurredAt: number
  /** When the broker appended it. */
  readonly recordedAt: number
}
/** Ids of the input sets and column sets of an event about a run; null is the empty set. */
export type RunSets = {
  readonly inputSet: Hash128 | null
  /** By output: undefined when no inputs are stated for it. Empty when none are stated for any output. */
  readonly ownSets: readonly (Hash128 | null | undefined)[]
  /** By output: undefined when it has no column lineage. Empty when no output has column lineage. */
  readonly columnSets: readonly (Hash128 | undefined)[]
}

export type RunFactRow = {
  readonly origin: Origin
  /** Of an event whose texts may be copied as they are. */
  readonly view: MaterializationView
  readonly sets: RunSets
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
/** Texts: asset, facet, subject, value. */
export type AssetFactRow = { readonly origin: Origin; readonly texts: EncodedTexts }
/** Texts: job namespace, job name, facet, subject, value. */
export type JobFactRow = { readonly origin: Origin; readonly texts: EncodedTexts }
/** Texts: asset, alias, source. Times are 0 where the event does not state it. */
export type AssetAliasRow = { readonly texts: EncodedTexts; readonly aliasedAt: number; readonly unaliasedAt: number }
export type CheckRow = {
  readonly origin: Origin
  readonly asset: string
  readonly check: CheckResult
  readonly ordinal: number
  readonly run: RunIdentity
}
/** A column and an input column that it is made from. Texts are empty where nothing is stated. */
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
/** A record of a partition and the checksum of its value, by which a log is recognised. */
export type RecordMark = { readonly offset: number; readonly checksum: bigint }
export type PositionRow = Position & {
  /** When its record was recorded; 0 when no record is at or before it. */
  readonly recordedAt: number
  /** The last record at or before it that was folded; undefined when none is known. */
  readonly lastRecord?: RecordMark | undefined
}
/** The tables that a projector writes: their generation, and the id of the log that they are folded from, empty when unknown. */
export type FoldedLog = { readonly generation: number; readonly logId: string }
/** @see GenerationWatch */
export type FoldedOffsetRow = PositionRow & FoldedLog & { readonly isFolded: boolean }
/** Records that were deleted from the log before they were folded, both ends included. */
export type LogGap = {
  readonly topic: string
  readonly partition: number
  readonly firstOffset: number
  readonly lastOffset: number
}
export type LogGapRow = LogGap & { readonly logId: string; readonly noticedAt: number }

export type HeartbeatRow = {
  readonly topic: string
  readonly partition: number
  readonly logEndOffset: number
  readonly nextOffset: number
  readonly observedAt: number
}
