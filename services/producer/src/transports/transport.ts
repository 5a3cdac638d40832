import type { HeadwaterEvent } from '@headwater/schemas'

/**
 * Sends events to their destination. Write your own to send them elsewhere.
 * @example
 * const toFile = (path: string): Transport => ({
 *   send: async (events) => appendFile(path, events.map((event) => `${JSON.stringify(event)}\n`).join('')),
 *   close: async () => {},
 * })
 */
export interface Transport {
  /**
   * Resolves when all `events` are stored. Called with one batch at a time. A failed batch is sent again, so an event can arrive twice,
   * with the same `eventId`.
   * @throws TransportError; any other error is retried like UNAVAILABLE, unless it has `retryable: false`
   */
  send(events: readonly HeadwaterEvent[]): Promise<void>
  close(): Promise<void>
}

/**
 * - UNAVAILABLE: not reachable now; retried with back-off
 * - REFUSED: reachable, but refuses this client (authentication, schema); retried slowly, since an operator can change that
 * - UNSENDABLE: the batch contains events that can never be sent (too large, unknown field); they are dropped. Without
 *   `unsendable` in the error, the batch is divided until they are found
 */
export type TransportErrorCode = 'UNAVAILABLE' | 'REFUSED' | 'UNSENDABLE'

export type TransportErrorOptions = {
  readonly cause?: unknown
  /** Retry-After of the server, in milliseconds; the sender waits at least as long, up to a minute. */
  readonly retryAfterMs?: number | undefined
  /** With UNSENDABLE: the events of the batch that can never be sent, where known. All others are stored. */
  readonly unsendable?: readonly UnsendableEvent[]
}

export type UnsendableEvent = {
  /** Index in the batch, from 0. */
  readonly index: number
  readonly reason: string
}

export class TransportError extends Error {
  readonly code: TransportErrorCode
  readonly retryable: boolean
  readonly retryAfterMs: number | undefined
  readonly unsendable: readonly UnsendableEvent[]

  constructor(code: TransportErrorCode, message: string, options: TransportErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : {})
    this.name = 'TransportError'
    this.code = code
    this.retryable = code === 'UNAVAILABLE'
    this.retryAfterMs = options.retryAfterMs
    this.unsendable = options.unsendable ?? []
  }
}

/** The code of any error that a transport threw. */
export function codeOf(error: unknown): TransportErrorCode {
  const { code, retryable } = (typeof error === 'object' && error !== null ? error : {}) as Partial<TransportError>
  if (code === 'REFUSED') return 'REFUSED'
  return retryable === false ? 'UNSENDABLE' : 'UNAVAILABLE'
}

/** Reasons by index of the unsendable events in a batch of `count`; undefined where the error does not list them. */
export function unsendableOf(error: unknown, count: number): ReadonlyMap<number, string> | undefined {
  if (!(error instanceof TransportError) || error.code !== 'UNSENDABLE') return undefined
  const known = error.unsendable.filter(({ index }) => Number.isInteger(index) && index >= 0 && index < count)
  return known.length === 0 ? undefined : new Map(known.map(({ index, reason }) => [index, reason]))
}

/** Retry-After of an error in milliseconds; 0 without one. */
export function retryAfterMsOf(error: unknown): number {
  const { retryAfterMs } = (typeof error === 'object' && error !== null ? error : {}) as Partial<TransportError>
  return typeof retryAfterMs === 'number' && retryAfterMs > 0 ? retryAfterMs : 0
}
