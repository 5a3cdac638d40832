import type { Position } from '@headwater/kafka'
import type { OutgoingRecord } from './append-queue.ts'

/** What puts records into the log. Called for one batch at a time. */
export interface RecordSender {
  /** Resolves when all are stored, to their positions in the same order. @throws any error: some may be stored */
  send(records: readonly OutgoingRecord[]): Promise<readonly Position[]>
  close(): Promise<void>
}

/** The log takes no record of this size, whatever comes of the others. */
export class RecordTooLarge extends Error {
  readonly code = 'RECORD_TOO_LARGE'
  readonly retryable = false
}
