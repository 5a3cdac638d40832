import type { Admin } from 'kafkajs'
import { ProjectorError } from '../errors.ts'

/** First and next offset by partition. */
export type LogWatermarks = ReadonlyMap<number, { readonly low: number; readonly high: number }>

export async function readLogWatermarks(
  admin: Pick<Admin, 'fetchTopicOffsets'>,
  topic: string,
): Promise<LogWatermarks> {
  const offsets = await admin.fetchTopicOffsets(topic)
  return new Map(offsets.map(({ partition, low, high }) => [partition, { low: Number(low), high: Number(high) }]))
}

/**
 * @param folded last offsets that the tables hold
 * @throws ProjectorError LOG_EXPIRED when the log lost its beginning, LOG_SHORTER_THAN_TABLES when it lost its end
 */
export function requireWholeLog(
  topic: string,
  extent: LogWatermarks,
  folded: ReadonlyMap<number, number>,
  acceptDifferences: boolean,
): void {
  for (const [partition, last] of folded) {
    const { low, high } = extent.get(partition) ?? { low: 0, high: 0 }
    if (last >= high)
      throw new ProjectorError(
        'LOG_SHORTER_THAN_TABLES',
        `The tables hold ${topic} partition ${partition} up to offset ${last}, but the log ends before ${high}: it cannot give them back`,
        { retryable: false },
      )
    if (low > 0 && !acceptDifferences)
      throw new ProjectorError(
        'LOG_EXPIRED',
        `${topic} partition ${partition} begins at offset ${low}: what came before has expired, and the tables know more than the log. --accept-differences rebuilds what is left`,
        { retryable: false },
      )
  }
}

/** How many records of the log lie at or before `last`. */
export function countUpTo(extent: LogWatermarks, last: ReadonlyMap<number, number>): number {
  let count = 0
  for (const [partition, offset] of last) count += Math.max(0, offset + 1 - (extent.get(partition)?.low ?? 0))
  return count
}

/** True when `a` is as far as `b` in every partition. */
export const reaches = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): boolean =>
  [...b].every(([partition, offset]) => (a.get(partition) ?? -1) >= offset)

export const isSame = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): boolean =>
  reaches(a, b) && reaches(b, a)
