/**
 * Headers of records. A dead letter describes the record that was refused; a record that is sent again carries `retryOf` and
 * `recordedAt`, so that it counts as recorded when it first came; resolutions of dead letters carry the last five.
 */
export const recordHeaders = {
  reasonCode: 'headwater-reason-code',
  reason: 'headwater-reason',
  position: 'headwater-position',
  /** When the broker first appended the record, epoch milliseconds. */
  recordedAt: 'headwater-recorded-at',
  /** The message key, as bytes. */
  key: 'headwater-key',
  /** How many bytes the record has, where it was too large for the dead-letter topic and they were left out. */
  omittedBytes: 'headwater-omitted-bytes',
  /** Position of the record that this one repeats. */
  retryOf: 'headwater-retry-of',
  resolution: 'headwater-resolution',
  resolvedAt: 'headwater-resolved-at',
  resolvedBy: 'headwater-resolved-by',
  retriedAs: 'headwater-retried-as',
  note: 'headwater-note',
} as const
