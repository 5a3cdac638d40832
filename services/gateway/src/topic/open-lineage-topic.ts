import { chunksOf, type DeadLetter, type DeadLetterLog, type LogRecord } from '@headwater/kafka'
import { textWithoutSecrets } from '@headwater/lineage'
import { parseJson } from '../body/parse-json.ts'
import { GatewayError } from '../errors.ts'
import type { Ingest } from '../events/ingest.ts'

export type RecordStore = {
  readonly ingest: Ingest
  readonly deadLetterLog: DeadLetterLog
}

const [mostItems, mostBytes] = [500, 4 << 20] // well below the limits of the queue in front of Kafka

/**
 * Ingests records of the OpenLineage topic. Resolves once each is stored, or written to the dead letters.
 * @throws GatewayError, retryable: some may be stored, and ingesting them again is safe
 */
export async function storeRecords(
  records: readonly LogRecord[],
  { ingest, deadLetterLog }: RecordStore,
): Promise<void> {
  const results = await Promise.allSettled(records.map((record) => storeRecord(record, ingest)))
  const deadLetters: DeadLetter[] = []
  for (const result of results) {
    if (result.status === 'rejected') throw result.reason
    if (result.value !== undefined) deadLetters.push(result.value)
  }
  if (deadLetters.length > 0) await deadLetterLog.append(deadLetters)
}

async function storeRecord(record: LogRecord, ingest: Ingest): Promise<DeadLetter | undefined> {
  if (record.unreadable !== undefined) return { record, ...record.unreadable }
  if (record.value === null) return { record, code: 'EMPTY', reason: 'The record has no value' }
  try {
    await ingest(parseJson(record.value), { retry: record.retry })
    return undefined
  } catch (error) {
    if (!(error instanceof GatewayError) || error.retryable) throw error
    return { record, code: error.code, reason: textWithoutSecrets(error.message) }
  }
}

/** Splits records into chunks that are stored one after the other. */
export const recordChunks = (records: readonly LogRecord[]): readonly (readonly LogRecord[])[] =>
  chunksOf(records, { sizeOf: ({ value }) => value?.length ?? 0, mostBytes, mostItems })
