import { recordHeaders } from '@headwater/schemas'
import type { IHeaders } from 'kafkajs'
import { earliestRecordedAt } from './earliest-recorded-at.ts'

export type Headers = Iterable<readonly [string, IHeaders[string]]>

/** From the headers of a record that repeats a dead letter. */
export type Retry = {
  /** Position of the repeated record. */
  readonly of: string | undefined
  /** When the broker appended the repeated record, epoch milliseconds. */
  readonly recordedAt: number | undefined
}

/** Undefined for records that repeat no other. Malformed headers are ignored. */
export function readRetryHeaders(headers: Headers): Retry | undefined {
  let of: string | undefined
  let recordedAt: number | undefined
  for (const [name, value] of headers) {
    if (name === recordHeaders.retryOf) of = positionIn(value)
    else if (name === recordHeaders.recordedAt) recordedAt = timeIn(value)
  }
  return of === undefined && recordedAt === undefined ? undefined : { of, recordedAt }
}

/** Headers for a record that repeats another. */
export const retryHeaders = ({ of, recordedAt }: Retry): Readonly<Record<string, string>> => ({
  ...(of === undefined ? {} : { [recordHeaders.retryOf]: of }),
  ...(recordedAt === undefined ? {} : { [recordHeaders.recordedAt]: String(recordedAt) }),
})

function positionIn(value: IHeaders[string]): string | undefined {
  const text = textOf(value)
  return text !== undefined && /^[\w.-]+:\d+:\d+$/.test(text) ? text : undefined
}

function timeIn(value: IHeaders[string]): number | undefined {
  const text = textOf(value)
  const time = text !== undefined && /^\d{1,13}$/.test(text) ? Number(text) : Number.NaN
  return time >= earliestRecordedAt ? time : undefined
}

const textOf = (value: IHeaders[string]): string | undefined =>
  typeof value === 'string' || Buffer.isBuffer(value) ? value.toString() : undefined
