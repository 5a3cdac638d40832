import { ProjectorError } from '../errors.ts'
import type { FoldedPositions, LastFolded } from '../tables/clickhouse-positions.ts'

/** What brokers know of a log. */
export type FoundLog = {
  /** Of the topic; undefined where the brokers have no ids. */
  readonly id: string | undefined
  /** First offset and end offset by partition. */
  readonly ends: ReadonlyMap<number, { readonly low: number; readonly high: number }>
  /** Records by partition. Where the one that was asked for is gone, nothing or a later one. */
  readonly records: ReadonlyMap<number, FoundRecord>
}
export type FoundRecord = { readonly offset: number; readonly checksum: bigint; readonly recordedAt: number }

/** Where the record lies by which a partition is recognised. */
export const recognisedAt = ({ mark }: LastFolded, lastOffset: number): number => mark?.offset ?? lastOffset

/** Why `found` is not the log that the tables were folded from; undefined when nothing speaks against it. */
export function differenceOf(topic: string, stored: FoldedPositions, found: FoundLog): ProjectorError | undefined {
  if (isOtherId(stored.logId, found.id)) return replacedTopic(topic, stored.logId, found.id)
  for (const [partition, last] of stored.offsets) {
    const end = found.ends.get(partition)
    if (end !== undefined && last >= end.high) return logShorter(topic, partition, last, end.high)
    const known = stored.last.get(partition)
    const record = found.records.get(partition)
    if (known === undefined || record === undefined || record.offset !== recognisedAt(known, last)) continue
    if (isOtherRecord(known, record)) return replacedRecord(topic, partition, record.offset)
  }
  return undefined
}

/** An unknown id is no other one. */
export const isOtherId = (stored: string, found: string | undefined): boolean =>
  stored !== '' && found !== undefined && stored !== found

/** Without a mark, as of earlier versions, the time tells: a later log has later records. */
const isOtherRecord = ({ mark, recordedAt }: LastFolded, record: FoundRecord): boolean =>
  mark === undefined ? record.recordedAt > recordedAt : mark.checksum !== record.checksum

export const replacedTopic = (topic: string, stored: string, found: string | undefined): ProjectorError =>
  replaced(
    `The topic ${topic} was deleted and created again: the tables were folded from topic id ${stored}, Kafka has ${found}`,
  )

const replacedRecord = (topic: string, partition: number, offset: number): ProjectorError =>
  replaced(
    `The topic ${topic} holds another log than the tables: the record at offset ${offset} of partition ${partition} is not the one that was folded`,
  )

const waysOn =
  'Nothing of the new log was folded. Set PROJECTOR_REPLACED_LOG=start-over to keep the tables and fold the new log into them from its beginning, or CLICKHOUSE_DATABASE to a new database for tables of the new log alone'

const replaced = (found: string) => new ProjectorError('LOG_REPLACED', `${found}. ${waysOn}`, { retryable: false })

const logShorter = (topic: string, partition: number, last: number, end: number) =>
  new ProjectorError(
    'LOG_SHORTER_THAN_TABLES',
    `The tables hold ${topic} partition ${partition} up to offset ${last}, but the log ends before offset ${end}: the log lost its end or was restored from an older copy, or the database belongs to another cluster. Set KAFKA_BROKERS to the right cluster, PROJECTOR_REPLACED_LOG=start-over to keep the tables and fold this log into them from its beginning, or CLICKHOUSE_DATABASE to a new database`,
    { retryable: false },
  )
