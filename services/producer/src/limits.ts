/** Limits on what lineage may cost a job. Each one is an option of `createProducer`. */
export type Limits = {
  /** Events that wait in memory; beyond it the newest are dropped. Default 10,000. */
  readonly maxBufferedEvents: number
  /** Their approximate size in bytes. Default 16 MiB. */
  readonly maxBufferedBytes: number
  /**
   * What a wrapped function does at the end of its run while the buffer is full: `drop` its event, or `wait` before it resolves. Calls
   * wait as long as events are delivered, and for `maxWaitMs` without. Events from outside of runs are dropped in either case.
   * Default `drop`.
   */
  readonly whenFull: 'drop' | 'wait'
  /** How long calls wait while nothing is delivered, in milliseconds; then their events are dropped, until one is delivered. Default 30,000. */
  readonly maxWaitMs: number
  /** Events in one send. Default 500. */
  readonly maxBatchEvents: number
  /** Approximate bytes in one send, below the usual 1 MB of a broker. Default 512 KiB. */
  readonly maxBatchBytes: number
  /** How long a batch waits for more events, in milliseconds. Default 20. */
  readonly lingerMs: number
  /** First wait after a failed send, in milliseconds; doubles with each failure, with jitter. Default 200. */
  readonly minBackOffMs: number
  /** Longest wait after a failed send, in milliseconds. Default 5,000. */
  readonly maxBackOffMs: number
  /** A run that lasts this many milliseconds is reported as STARTED. Default 5,000. */
  readonly announceAfterMs: number
  /** Upstreams of one run. Default 1,000. */
  readonly maxUpstreams: number
  /** Characters of an error message or of one metadata value. Default 16,384. */
  readonly maxTextLength: number
  /** How long the end of the process waits for undelivered events, in milliseconds; 0 for not at all. Default 2,000. */
  readonly flushOnExitMs: number
}

export const defaultLimits: Limits = {
  maxBufferedEvents: 10_000,
  maxBufferedBytes: 16 * 1024 * 1024,
  whenFull: 'drop',
  maxWaitMs: 30_000,
  maxBatchEvents: 500,
  maxBatchBytes: 512 * 1024,
  lingerMs: 20,
  minBackOffMs: 200,
  maxBackOffMs: 5_000,
  announceAfterMs: 5_000,
  maxUpstreams: 1_000,
  maxTextLength: 16_384,
  flushOnExitMs: 2_000,
}
