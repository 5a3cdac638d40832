import { isEventTime } from '@headwater/lineage'
import { recordHeaders } from '@headwater/schemas'
import type { IHeaders } from 'kafkajs'
import type { LogRecord } from './batch.ts'

/** What a record that is sent again says of the one that it repeats. */
export type Retry = {
  /** Its position. */
  readonly of: string | undefined
  /** When the broker appended it, epoch milliseconds. */
  readonly recordedAt: number | undefined
}

export type Headers = Iterable<readonly [string, IHeaders[string]]>

/** Reads the headers of a record; one that is malformed is ignored. */
export function retryFrom(headers: Headers): Retry | undefined {
  let of: string | undefined
  let recordedAt: number | undefined
  for (const [name, value] of headers) {
    if (name === recordHeaders.retryOf) of = positionIn(value)
    else if (name === recordHeaders.recordedAt) recordedAt = timeIn(value)
  }
  return of === undefined && recordedAt === undefined ? undefined : { of, recordedAt }
}

/**
 * When the record became known: a record sent again takes its place as if it had come in time, and the tables are those of a
 * projector that accepts the first. Never later than its own append time, which nobody can set.
 */
export function recordedTimeOf({ recordedAt, retry }: LogRecord): number {
  return retry?.recordedAt === undefined ? recordedAt : Math.min(retry.recordedAt, recordedAt)
}

function positionIn(value: IHeaders[string]): string | undefined {
  const text = textOf(value)
  return text !== undefined && /^[\w.-]+:\d+:\d+$/.test(text) ? text : undefined
}

function timeIn(value: IHeaders[string]): number | undefined {
  const text = textOf(value)
  const time = text !== undefined && /^\d{1,13}$/.test(text) ? Number(text) : Number.NaN
  return isEventTime(time) ? time : undefined
}

const textOf = (value: IHeaders[string]): string | undefined =>
  typeof value === 'string' || Buffer.isBuffer(value) ? value.toString() : undefined
