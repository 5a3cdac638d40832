import type { Admin } from 'kafkajs'
import { ProjectorError } from '../errors.ts'

/** First offset and end offset by partition. */
export type LogWatermarks = ReadonlyMap<number, { readonly low: number; readonly high: number }>

export async function readLogWatermarks(
  admin: Pick<Admin, 'fetchTopicOffsets'>,
  topic: string,
): Promise<LogWatermarks> {
  const offsets = await admin.fetchTopicOffsets(topic)
  return new Map(offsets.map(({ partition, low, high }) => [partition, { low: Number(low), high: Number(high) }]))
}

/**
 * Checks that the log still holds every record that the tables were folded from.
 * @param folded last folded offsets of the tables
 * @param neverFolded by partition, the first offset after what was deleted from the beginning of the log before the tables were folded
 * @throws ProjectorError LOG_EXPIRED when its beginning is missing, LOG_SHORTER_THAN_TABLES when its end is missing
 */
export function requireWholeLog(
  topic: string,
  watermarks: LogWatermarks,
  folded: ReadonlyMap<number, number>,
  neverFolded: ReadonlyMap<number, number>,
  acceptDifferences: boolean,
): void {
  for (const [partition, last] of folded) {
    const { low, high } = watermarks.get(partition) ?? { low: 0, high: 0 }
    if (last >= high)
      throw new ProjectorError(
        'LOG_SHORTER_THAN_TABLES',
        `The tables hold ${topic} partition ${partition} up to offset ${last}, but the log ends before offset ${high}: the tables cannot be rebuilt from it`,
        { retryable: false },
      )
    const first = neverFolded.get(partition) ?? 0
    if (low > first && !acceptDifferences) throw logExpired(topic, partition, first, low)
  }
}

const logExpired = (topic: string, partition: number, first: number, low: number) =>
  new ProjectorError(
    'LOG_EXPIRED',
    `${topic} partition ${partition} begins at offset ${low}, and the tables also hold the records from ${first} to ${low - 1}, which were deleted from the log: rebuilt tables would lack them. Keep the live tables, which are whole, and set retention.ms=-1 and retention.bytes=-1 so that no more is deleted; or rebuild without these records with --accept-differences`,
    { retryable: false },
  )

/** Number of records in the log at or before `last`. */
export function countUpTo(watermarks: LogWatermarks, last: ReadonlyMap<number, number>): number {
  let count = 0
  for (const [partition, offset] of last) count += Math.max(0, offset + 1 - (watermarks.get(partition)?.low ?? 0))
  return count
}

/** True when `a` is at or past `b` in every partition. */
export const reaches = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): boolean =>
  [...b].every(([partition, offset]) => (a.get(partition) ?? -1) >= offset)

export const isSame = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): boolean =>
  reaches(a, b) && reaches(b, a)
