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
 * @throws ProjectorError LOG_EXPIRED when its beginning is missing, LOG_SHORTER_THAN_TABLES when its end is missing
 */
export function requireWholeLog(
  topic: string,
  watermarks: LogWatermarks,
  folded: ReadonlyMap<number, number>,
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
    if (low > 0 && !acceptDifferences)
      throw new ProjectorError(
        'LOG_EXPIRED',
        `${topic} partition ${partition} begins at offset ${low}: earlier records have expired, so the tables hold more than the log. To rebuild from the remaining records, add --accept-differences`,
        { retryable: false },
      )
  }
}

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
