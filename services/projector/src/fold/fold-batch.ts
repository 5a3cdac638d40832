import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { DeadLetter, LogRecord } from '@headwater/kafka'
import { decodedWithoutSecrets, eventProblem } from '@headwater/lineage'
import {
  CodecError,
  type Decoder,
  encodeEvent,
  type HeadwaterEvent,
  headerLength,
  schemaIdOf,
} from '@headwater/schemas'
import type { Batch } from '../log/record-range.ts'
import type { LogGap, Origin, PositionRow, RunSets } from '../tables/rows.ts'
import type { RowCollector } from '../tables/table.ts'
import type { CommonRows } from './common/common-rows.ts'
import { foldAssetEvent } from './fold-asset-event.ts'
import { foldCheckEvent } from './fold-check-event.ts'
import { foldJobEvent } from './fold-job-event.ts'
import { foldMaterializationEvent, noIds } from './fold-materialization-event.ts'
import { foldRepeat } from './fold-repeat.ts'
import { originOf } from './origin-of.ts'
import { MaterializationView } from './repeats/materialization-view.ts'
import { StatedView } from './repeats/stated-view.ts'
import { addStatements, Statements } from './statements.ts'

export type FoldedBatch = {
  readonly deadLetters: readonly DeadLetter[]
  /** The last position of each partition in the batch. */
  readonly positions: readonly PositionRow[]
  /** Records that were deleted from the log before they were read. */
  readonly gaps: readonly LogGap[]
  readonly events: number
  /** How many of them were recognised by their bytes and not decoded. */
  readonly recognized: number
}

/** After so many records the event loop runs once: rows are being sent, and the group needs heartbeats. */
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
  readonly stated: StatedView
  readonly statements: Statements
  /** Refused schema ids that were looked up again in this batch: once is enough, however many records have them. */
  readonly lookedUpAgain: Set<number>
}

/** Adds the rows of each event, by itself. */
export async function foldBatch({ ranges }: Batch, folding: Folding): Promise<FoldedBatch> {
  const work: Work = {
    ...folding,
    ...{ view: new MaterializationView(), stated: new StatedView(), statements: new Statements() },
    lookedUpAgain: new Set(),
  }
  const deadLetters: DeadLetter[] = []
  const gaps: LogGap[] = []
  const positions = new Map<string, PositionRow>()
  let [count, recognized] = [0, 0]
  for (const { topic, partition, lastOffset, records, gap } of ranges) {
    if (gap !== undefined) gaps.push({ topic, partition, ...gap })
    let last: LogRecord | undefined
    for (const record of records) {
      if (++count % recordsPerTurn === 0) await setImmediate()
      last = record
      if (record.unreadable === undefined && foldRepeat(record, work)) {
        recognized++
        continue
      }
      const problem = await foldRecord(record, work)
      if (problem !== undefined) deadLetters.push(problem)
    }
    // A range without records, as after compaction, has no time; the next range has.
    if (last === undefined && gap === undefined) continue
    const earlier = positions.get(`${topic}:${partition}`) ?? { recordedAt: 0 }
    positions.set(`${topic}:${partition}`, { ...earlier, topic, partition, offset: lastOffset, ...placeOf(last) })
  }
  return { deadLetters, positions: [...positions.values()], gaps, events: count - deadLetters.length, recognized }
}

/** The record's own time, also of a record sent again: a position is progress, not history. */
function placeOf(last: LogRecord | undefined): Partial<PositionRow> {
  if (last === undefined) return {}
  const { recordedAt, offset, value, unreadable } = last
  return { recordedAt, ...(unreadable === undefined && { lastRecord: { offset, checksum: checksumOf(value) } }) }
}

/** Of the value of a record; a copy of the record elsewhere has the same. */
export const checksumOf = (value: Buffer | null): bigint =>
  createHash('sha256')
    .update(value ?? '')
    .digest()
    .readBigUInt64BE()

async function foldRecord(record: LogRecord, work: Work): Promise<DeadLetter | undefined> {
  const { decoder, learn } = work
  const { value, unreadable } = record
  if (unreadable !== undefined) return { record, ...unreadable }
  if (value === null) return { record, code: 'EMPTY', reason: 'The record has no value' }
  try {
    const schemaId = schemaIdOf(value)
    if (!decoder.knows(schemaId) || isLookedUpAgain(schemaId, record, work)) await learn(schemaId)
    const decoded = decoder.decode(value)
    const event = decodedWithoutSecrets(decoded, value)
    const reason = eventProblem(event)
    if (reason !== undefined) return { record, code: 'INVALID_EVENT', reason: `${event.type}: ${reason}` }
    foldEvent(event, encodeEvent(event, noIds), record, work)
    return undefined
  } catch (error) {
    if (error instanceof CodecError) return { record, code: error.code, reason: error.message }
    throw error
  }
}

/**
 * @param encoded the event without secrets as this version encodes it, which identifies its facts: producers may have other versions of the
 *   schema, and write maps and lists in other ways
 */
function foldEvent(found: HeadwaterEvent, encoded: Buffer, record: LogRecord, work: Work): void {
  const { common, rows } = work
  const origin = originOf(encoded, found.event.occurredAt, record)
  if (found.type === 'MaterializationEvent') foldMaterializationEvent(found.event, origin, work, common, rows)
  else if (found.type === 'CheckEvent') foldCheckEvent(found.event, origin, common, rows)
  else foldStatement(found, encoded, origin, record, work)
}

type StatingEvent = Extract<HeadwaterEvent, { type: 'AssetEvent' | 'JobEvent' }>

function foldStatement(
  { type, event }: StatingEvent,
  encoded: Buffer,
  origin: Origin,
  { value }: LogRecord,
  work: Work,
): void {
  const { common, rows, decoder, stated, statements } = work
  statements.clear()
  const keys = type === 'JobEvent' ? foldJobEvent(event, statements, common, rows) : foldAssetEvent(event, statements)
  const sighting = common.see(keys, event.occurredAt, rows)
  const { bytes } = statements
  addStatements(bytes, 0, bytes.length, origin, rows)
  // Only of bytes as this version encodes them: others would have another id where they repeat.
  if (value === null || decoder.currentType(value) !== type || !isSameBody(value, encoded)) return
  if (!stated.read(value, headerLength)) return
  common.stated.note(stated, { sets: noSets, rows: bytes, keys, sighting })
}

const isSameBody = (a: Buffer, b: Buffer): boolean =>
  a.length === b.length && a.compare(b, headerLength, b.length, headerLength, a.length) === 0

const noSets: RunSets = { inputSet: null, ownSets: [], columnSets: [] }

/** A record is retried because a cause was fixed, which may be the registry: a schema id that it refused is looked up once more. */
function isLookedUpAgain(schemaId: number, { retry }: LogRecord, { decoder, lookedUpAgain }: Work): boolean {
  if (retry === undefined || !decoder.refuses(schemaId) || lookedUpAgain.has(schemaId)) return false
  lookedUpAgain.add(schemaId)
  return true
}
