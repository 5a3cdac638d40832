import { setImmediate } from 'node:timers/promises'
import { type DeadLetter, type LogRecord, recordedTimeOf } from '@headwater/kafka'
import { eventProblem } from '@headwater/lineage'
import { CodecError, type Decoder, headerLength, MaterializationView, schemaIdOf } from '@headwater/schemas'
import type { Batch } from '../log/record-range.ts'
import type { Origin, PositionRow } from '../tables/rows.ts'
import { runFacts } from '../tables/run-facts-table.ts'
import type { RowCollector } from '../tables/table.ts'
import type { CommonRows } from './common/common-rows.ts'
import { factIdOf } from './fact-id.ts'
import { foldAssetEvent } from './fold-asset-event.ts'
import { foldJobEvent } from './fold-job-event.ts'
import { foldMaterializationEvent } from './fold-materialization-event.ts'
import { isPlainEvent } from './plain-event.ts'

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
  readonly decoder: Decoder
  /** Makes the decoder know a schema id that it does not know. */
  readonly learn: (schemaId: number) => Promise<void>
  readonly common: CommonRows
  readonly rows: RowCollector
}

/** What one batch is folded with. */
type Work = Folding & {
  readonly view: MaterializationView
  /** Refused schema ids that were asked for again in this batch: once is enough, however many records have them. */
  readonly askedAgain: Set<number>
}

/** Adds the rows of each event, by itself. */
export async function foldBatch({ ranges }: Batch, folding: Folding): Promise<FoldedBatch> {
  const work: Work = { ...folding, view: new MaterializationView(), askedAgain: new Set() }
  const deadLetters: DeadLetter[] = []
  const positions = new Map<string, PositionRow>()
  let count = 0
  for (const { topic, partition, lastOffset, records } of ranges) {
    let recordedAt = 0
    for (const record of records) {
      if (++count % recordsPerTurn === 0) await setImmediate()
      recordedAt = record.recordedAt // its own, also of a record sent again: a position tells progress, not history
      if (foldRepeating(record, work)) continue
      const problem = await foldRecord(record, work)
      if (problem !== undefined) deadLetters.push(problem)
    }
    // Without a record, as after compaction, there is no time to tell; the next range tells.
    if (recordedAt > 0) positions.set(`${topic}:${partition}`, { topic, partition, offset: lastOffset, recordedAt })
  }
  return { deadLetters, positions: [...positions.values()], events: count - deadLetters.length }
}

/** Folds an event that names nothing new without decoding it: most events of a log. False when it is another, and nothing was added. */
function foldRepeating(record: LogRecord, { view, decoder, common, rows }: Work): boolean {
  const { value } = record
  if (value === null || !decoder.isCurrentMaterialization(value)) return false
  if (!view.read(value, headerLength) || !isPlainEvent(view)) return false
  const sets = common.recall(view)
  if (sets === undefined) return false
  rows.add(runFacts, { view, origin: originOf(value, view.occurredAt, record), sets, columnSets: [], event: undefined })
  return true
}

async function foldRecord(record: LogRecord, work: Work): Promise<DeadLetter | undefined> {
  const { view, decoder, learn, common, rows } = work
  const { value } = record
  if (value === null) return { record, code: 'EMPTY', reason: 'The record has no value' }
  try {
    const schemaId = schemaIdOf(value)
    if (!decoder.knows(schemaId) || isAskedAgain(schemaId, record, work)) await learn(schemaId)
    const event = decoder.decode(value)
    const reason = eventProblem(event)
    if (reason !== undefined) return { record, code: 'INVALID_EVENT', reason: `${event.type}: ${reason}` }
    const origin = originOf(value, event.event.occurredAt, record)
    if (event.type === 'MaterializationEvent') foldMaterializationEvent(event.event, origin, view, common, rows)
    else if (event.type === 'JobEvent') foldJobEvent(event.event, origin, common, rows)
    else foldAssetEvent(event, origin, common, rows)
    return undefined
  } catch (error) {
    if (error instanceof CodecError) return { record, code: error.code, reason: error.message }
    throw error
  }
}

/** A record is sent again because something was mended, which may be the registry: what it refused before is asked once more. */
function isAskedAgain(schemaId: number, { retry }: LogRecord, { decoder, askedAgain }: Work): boolean {
  if (retry === undefined || !decoder.refuses(schemaId) || askedAgain.has(schemaId)) return false
  askedAgain.add(schemaId)
  return true
}

const originOf = (value: Buffer, occurredAt: number, record: LogRecord): Origin => ({
  factId: factIdOf(value, headerLength), // a re-delivery may carry another schema id for the same content
  occurredAt,
  recordedAt: recordedTimeOf(record),
})
