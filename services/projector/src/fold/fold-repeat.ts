import type { LogRecord } from '@headwater/kafka'
import { bytesMayHaveSecret, isEventTime, maxNameLength } from '@headwater/lineage'
import { type Decoder, headerLength } from '@headwater/schemas'
import type { Origin } from '../tables/rows.ts'
import { runFacts } from '../tables/run-facts-table.ts'
import type { RowCollector } from '../tables/table.ts'
import type { CommonRows } from './common/common-rows.ts'
import { originOf } from './origin-of.ts'
import type { Span } from './repeats/avro-bytes.ts'
import type { MaterializationView } from './repeats/materialization-view.ts'
import type { RememberedEvents } from './repeats/remembered-events.ts'
import type { StatedView } from './repeats/stated-view.ts'
import { addStatements } from './statements.ts'

type Repeating = {
  readonly decoder: Decoder
  readonly common: CommonRows
  readonly rows: RowCollector
  readonly view: MaterializationView
  readonly stated: StatedView
}

/** Folds an event that repeats an earlier one, without decoding it: most events of a log. False when it does not, and nothing was added. */
export function foldRepeat(record: LogRecord, { decoder, common, rows, view, stated }: Repeating): boolean {
  const { value } = record
  if (value === null) return false
  const type = decoder.currentType(value)
  if (type === 'MaterializationEvent') {
    if (!view.read(value, headerLength) || !isValidRun(view)) return false
    const entry = common.runs.find(view)
    if (entry < 0 || mayHaveSecret(view)) return false
    const origin = originOf(value, view.occurredAt, record)
    addRemembered(common.runs, entry, origin, common, rows)
    rows.add(runFacts, { view, origin, sets: common.runs.setsOf(entry) })
    return true
  }
  if (type === undefined || type === 'CheckEvent') return false // each check result names another run
  if (!stated.read(value, headerLength) || !isValidId(value, stated.eventId) || !isEventTime(stated.occurredAt))
    return false
  const entry = common.stated.find(stated)
  if (entry < 0) return false
  addRemembered(common.stated, entry, originOf(value, stated.occurredAt, record), common, rows)
  return true
}

function addRemembered(
  events: RememberedEvents,
  entry: number,
  origin: Origin,
  common: CommonRows,
  rows: RowCollector,
): void {
  if (!events.covers(entry, origin.occurredAt)) {
    events.setSighting(entry, common.see(events.keysOf(entry), origin.occurredAt, rows))
  }
  addStatements(events.bytes, events.rowsStart(entry), events.rowsEnd(entry), origin, rows)
}

/** True when what differs from run to run surely obeys `eventProblem`; what repeats was checked when it came first. */
const isValidRun = (view: MaterializationView): boolean =>
  isValidId(view.bytes, view.eventId) &&
  isValidId(view.bytes, view.runId) &&
  isEventTime(view.occurredAt) &&
  isValidTime(view.startedAt) &&
  isValidTime(view.nominalStart) &&
  isValidTime(view.nominalEnd)

/** True when what differs from run to run may have a secret; what repeats had none when it came first. */
function mayHaveSecret({ bytes, spans, spanCount }: MaterializationView): boolean {
  let start = headerLength
  for (let index = 0; index < spanCount; index++) {
    if (bytesMayHaveSecret(bytes, start, spans[index * 2] as number)) return true
    start = spans[index * 2 + 1] as number
  }
  return bytesMayHaveSecret(bytes, start, bytes.length)
}

const isValidTime = (epochMs: number | null): boolean => epochMs === null || isEventTime(epochMs)

/** Visible ASCII and spaces, neither none nor too many. */
function isValidId(bytes: Buffer, { start, end }: Span): boolean {
  if (start === end || end - start > maxNameLength) return false
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (byte < 0x20 || byte > 0x7e) return false
  }
  return true
}
