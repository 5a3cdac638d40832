import { type LogRecord, recordedTimeOf } from '@headwater/kafka'
import { headerLength } from '@headwater/schemas'
import type { Origin } from '../tables/rows.ts'
import { factIdOf } from './fact-id.ts'

/** @param value of the record */
export const originOf = (value: Buffer, occurredAt: number, record: LogRecord): Origin => ({
  factId: factIdOf(value, headerLength), // a re-delivery may carry another schema id for the same content
  occurredAt,
  recordedAt: recordedTimeOf(record),
})
