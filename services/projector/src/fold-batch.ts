import { eventProblem } from '@headwater/lineage'
import { CodecError, type Decoder } from '@headwater/schemas'
import type { DeadLetter, LogRecord } from './batch.ts'
import type { CommonRows } from './common-rows.ts'
import { contentHash } from './content-hash.ts'
import { foldAssetEvent } from './fold-asset-event.ts'
import { foldMaterializationEvent } from './fold-materialization-event.ts'
import type { PositionRow } from './rows.ts'
import type { RowCollector } from './table.ts'

const framingBytes = 5 // a re-delivery may carry another schema id for the same content

export type FoldedBatch = {
  readonly deadLetters: readonly DeadLetter[]
  /** The last position of each partition in the batch. */
  readonly positions: readonly PositionRow[]
  readonly events: number
}

/** Adds the rows of each event, by itself. The decoder must know every schema id in the records. */
export function foldBatch(
  records: readonly LogRecord[],
  decoder: Decoder,
  common: CommonRows,
  rows: RowCollector,
): FoldedBatch {
  const deadLetters: DeadLetter[] = []
  for (const record of records) {
    const problem = foldRecord(record, decoder, common, rows)
    if (problem !== undefined) deadLetters.push(problem)
  }
  return { deadLetters, positions: lastPositions(records), events: records.length - deadLetters.length }
}

function foldRecord(
  record: LogRecord,
  decoder: Decoder,
  common: CommonRows,
  rows: RowCollector,
): DeadLetter | undefined {
  if (record.value === null) return { record, code: 'EMPTY', reason: 'The record has no value' }
  try {
    const event = decoder.decode(record.value)
    const reason = eventProblem(event)
    if (reason !== undefined) return { record, code: 'INVALID_EVENT', reason: `${event.type}: ${reason}` }
    const factId = contentHash(record.value.subarray(framingBytes))
    const origin = { factId, occurredAt: event.event.occurredAt, recordedAt: record.recordedAt }
    if (event.type === 'MaterializationEvent') foldMaterializationEvent(event.event, origin, common, rows)
    else foldAssetEvent(event, origin, common, rows)
    return undefined
  } catch (error) {
    if (error instanceof CodecError) return { record, code: error.code, reason: error.message }
    throw error
  }
}

function lastPositions(records: readonly LogRecord[]): readonly PositionRow[] {
  const last = new Map<string, PositionRow>()
  for (const { topic, partition, offset, recordedAt } of records) {
    const key = `${topic}:${partition}`
    const known = last.get(key)
    if (known === undefined || known.offset < offset) last.set(key, { topic, partition, offset, recordedAt })
  }
  return [...last.values()]
}
