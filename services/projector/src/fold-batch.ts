import { setImmediate } from 'node:timers/promises'
import { eventProblem } from '@headwater/lineage'
import { CodecError, type Decoder, MaterializationView } from '@headwater/schemas'
import type { DeadLetter, LogRecord } from './batch.ts'
import type { CommonRows } from './common-rows.ts'
import { contentHash } from './content-hash.ts'
import { foldAssetEvent } from './fold-asset-event.ts'
import { foldMaterializationEvent } from './fold-materialization-event.ts'
import { isPlainEvent } from './plain-event.ts'
import type { Origin, PositionRow } from './rows.ts'
import type { RowCollector } from './table.ts'
import { runFacts } from './tables.ts'

const framingBytes = 5 // a re-delivery may carry another schema id for the same content

export type FoldedBatch = {
  readonly deadLetters: readonly DeadLetter[]
  /** The last position of each partition in the batch. */
  readonly positions: readonly PositionRow[]
  readonly events: number
}

/** After so many records others have their turn: rows are being sent, the group wants its heartbeats. */
const recordsPerTurn = 1_000

/** What folding needs, and where the rows go. */
export type Folding = {
  /** Must know every schema id in the records. */
  readonly decoder: Decoder
  readonly common: CommonRows
  readonly rows: RowCollector
}

/** Adds the rows of each event, by itself. */
export async function foldBatch(records: readonly LogRecord[], folding: Folding): Promise<FoldedBatch> {
  const view = new MaterializationView()
  const deadLetters: DeadLetter[] = []
  for (const [index, record] of records.entries()) {
    if (index % recordsPerTurn === recordsPerTurn - 1) await setImmediate()
    if (foldRepeating(record, view, folding)) continue
    const problem = foldRecord(record, view, folding)
    if (problem !== undefined) deadLetters.push(problem)
  }
  return { deadLetters, positions: lastPositions(records), events: records.length - deadLetters.length }
}

/** Folds an event that names nothing new without decoding it: most events of a log. False when it is another, and nothing was added. */
function foldRepeating(record: LogRecord, view: MaterializationView, { decoder, common, rows }: Folding): boolean {
  const { value } = record
  if (value === null || !decoder.isCurrentMaterialization(value)) return false
  if (!view.read(value, framingBytes) || !isPlainEvent(view)) return false
  const sets = common.recall(view)
  if (sets === undefined) return false
  rows.add(runFacts, { view, origin: originOf(value, view.occurredAt, record), sets, event: undefined })
  return true
}

function foldRecord(
  record: LogRecord,
  view: MaterializationView,
  { decoder, common, rows }: Folding,
): DeadLetter | undefined {
  const { value } = record
  if (value === null) return { record, code: 'EMPTY', reason: 'The record has no value' }
  try {
    const event = decoder.decode(value)
    const reason = eventProblem(event)
    if (reason !== undefined) return { record, code: 'INVALID_EVENT', reason: `${event.type}: ${reason}` }
    const origin = originOf(value, event.event.occurredAt, record)
    if (event.type === 'MaterializationEvent') foldMaterializationEvent(event.event, origin, view, common, rows)
    else foldAssetEvent(event, origin, common, rows)
    return undefined
  } catch (error) {
    if (error instanceof CodecError) return { record, code: error.code, reason: error.message }
    throw error
  }
}

const originOf = (value: Buffer, occurredAt: number, { recordedAt }: LogRecord): Origin => ({
  factId: contentHash(value.subarray(framingBytes)),
  occurredAt,
  recordedAt,
})

function lastPositions(records: readonly LogRecord[]): readonly PositionRow[] {
  const last = new Map<number, LogRecord>()
  for (const [index, record] of records.entries()) {
    // Records of a partition lie together, so that looking at the ends of each stretch is enough.
    if (records[index + 1]?.partition === record.partition) continue
    const known = last.get(record.partition)
    if (known === undefined || known.offset < record.offset) last.set(record.partition, record)
  }
  return [...last.values()].map(({ topic, partition, offset, recordedAt }) => ({
    topic,
    partition,
    offset,
    recordedAt,
  }))
}
