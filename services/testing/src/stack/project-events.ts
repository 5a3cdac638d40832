import { createClickHouseRowSink, createProjection, type LogRecord } from '@headwater/projector'
import { createDecoder, eventSchemas, eventTypes, type HeadwaterEvent, type SchemaIds } from '@headwater/schemas'
import { batchOf, recordsOf, schemaIds } from '../events/records-of.ts'
import type { TestDatabase } from './test-database.ts'

/**
 * Folds batches of records into the tables as a projector does, without Kafka.
 * @param ids schema ids that the records carry; other ids are unknown
 */
export async function projectBatches(
  { client, database }: Pick<TestDatabase, 'client' | 'database'>,
  batches: Iterable<readonly LogRecord[]>,
  ids: SchemaIds = schemaIds,
): Promise<void> {
  const decoder = createDecoder()
  for (const type of eventTypes) decoder.learn(ids[type], eventSchemas[type])
  const projection = createProjection(createClickHouseRowSink({ client, database }), decoder, async () => undefined)
  for (const records of batches) {
    const folded = await projection.fold(batchOf(records))
    await projection.prepare(folded)
    await projection.publish(folded)
  }
}

/** Folds events into the tables in one batch. */
export const projectEvents = (target: TestDatabase, events: readonly HeadwaterEvent[]): Promise<void> =>
  projectBatches(target, [recordsOf(events)])
