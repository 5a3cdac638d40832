import type { RecordedEvent } from '@headwater/lineage'
import type { LogRecord } from '@headwater/projector'
import { createDecoder, eventSchemas, eventTypes, type HeadwaterEvent, type SchemaIds } from '@headwater/schemas'
import { numberOfEvent, numberOfPoison } from '../load/event-number.ts'
import { SlimEvents } from './slim-events.ts'

/** The contents of the log as planned: a record is poison because it was made as such, not because a decoder refuses it. */
export type LogTruth = {
  /** Each event once, as first recorded. */
  readonly events: readonly RecordedEvent[]
  /** Distinct events about runs. */
  readonly runEvents: number
  /** Positions of records that must be dead letters, as `topic:partition:offset`. */
  readonly poison: ReadonlySet<string>
  /** Numbers of everything in it. */
  readonly numbers: ReadonlySet<number>
  /** Records that repeat an earlier one. */
  readonly duplicates: number
}

const positionOf = ({ topic, partition, offset }: Pick<LogRecord, 'topic' | 'partition' | 'offset'>): string =>
  `${topic}:${partition}:${offset}`

/** @throws CodecError when a record that was sent as an event cannot be decoded from the log */
export function truthOf(records: readonly LogRecord[], ids: SchemaIds): LogTruth {
  const decoder = createDecoder()
  for (const type of eventTypes) decoder.learn(ids[type], eventSchemas[type])
  const slim = new SlimEvents()
  const events = new Map<number, { event: HeadwaterEvent; recordedAt: number }>()
  const poison = new Set<string>()
  const numbers = new Set<number>()
  for (const record of records) {
    const poisonNumber = numberOfPoison(record.key?.toString() ?? '')
    if (poisonNumber !== undefined) {
      poison.add(positionOf(record))
      numbers.add(poisonNumber)
      continue
    }
    const event = decoder.decode(record.value ?? Buffer.alloc(0))
    const number = numberOfEvent(event.event.eventId)
    const known = events.get(number)
    if (known === undefined) events.set(number, { event: slim.of(event), recordedAt: record.recordedAt })
    else known.recordedAt = Math.min(known.recordedAt, record.recordedAt)
    numbers.add(number)
  }
  const all = [...events.values()]
  return {
    events: all,
    runEvents: all.filter(({ event }) => event.type === 'MaterializationEvent').length,
    poison,
    numbers,
    duplicates: records.length - numbers.size,
  }
}
