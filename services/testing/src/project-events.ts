import { createClickHouseRowSink, createProjection, type LogRecord } from '@headwater/projector'
import {
  createDecoder,
  encodeEvent,
  eventSchemas,
  eventTypes,
  type HeadwaterEvent,
  messageKey,
  type SchemaIds,
} from '@headwater/schemas'
import { noon } from './build-event.ts'
import type { TestDatabase } from './test-database.ts'

const schemaIds: SchemaIds = { MaterializationEvent: 1, AssetEvent: 2, CheckEvent: 3 }

/** Events as records of a log, in this order; recorded a second apart from `noon` on. */
export function recordsOf(
  events: readonly HeadwaterEvent[],
  topic = 'test.events',
  partition = 0,
): readonly LogRecord[] {
  return events.map((event, offset) => ({
    topic,
    partition,
    offset,
    key: Buffer.from(messageKey(event)),
    value: encodeEvent(event, schemaIds),
    recordedAt: noon + offset * 1_000,
  }))
}

/** Folds batches of records into the tables as a projector does, without Kafka. */
export async function projectBatches(
  { client, database }: TestDatabase,
  batches: readonly (readonly LogRecord[])[],
): Promise<void> {
  const decoder = createDecoder()
  for (const type of eventTypes) decoder.learn(schemaIds[type], eventSchemas[type])
  const projection = createProjection(createClickHouseRowSink({ client, database }), decoder)
  for (const records of batches) await projection.store(projection.fold(records))
}

/** Folds events into the tables in one batch. */
export const projectEvents = (target: TestDatabase, events: readonly HeadwaterEvent[]): Promise<void> =>
  projectBatches(target, [recordsOf(events)])
