import type { Position } from '@headwater/kafka'
import type { OutgoingRecord } from './append-queue.ts'

/** Writes records to the log. Called for one batch at a time. */
export interface RecordSender {
  /** Resolves once all records are stored, to their positions in order. @throws any error: some records may be stored */
  send(records: readonly OutgoingRecord[]): Promise<readonly Position[]>
  close(): Promise<void>
}

/** The topic refuses a record of this size. The rest of the batch may be stored. */
export class RecordTooLarge extends Error {
  readonly code = 'RECORD_TOO_LARGE'
  readonly retryable = false
}
