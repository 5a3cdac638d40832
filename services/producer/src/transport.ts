import type { HeadwaterEvent } from '@headwater/schemas'

/** Where events go. */
export interface Transport {
  /**
   * Resolves when all `events` are stored. Called with one batch at a time; a batch that failed is sent again, so an
   * event may arrive twice, with the same `eventId`.
   * @throws TransportError, or any error: one without `retryable: false` is tried again.
   */
  send(events: readonly HeadwaterEvent[]): Promise<void>
  close(): Promise<void>
}

/**
 * UNAVAILABLE: not reachable now. REFUSED: reachable, and says no to this client (sign-in, schema); tried again
 * slowly, since an operator can change that. UNSENDABLE: these events can never be sent (too large, no such field); the
 * batch is divided until the event is found, and that one is dropped.
 */
export type TransportErrorCode = 'UNAVAILABLE' | 'REFUSED' | 'UNSENDABLE'

export type TransportErrorOptions = ErrorOptions & {
  /** How long the other side asks to be left alone, in milliseconds; the sender waits at least so long, within limits. */
  readonly retryAfterMs?: number | undefined
}

export class TransportError extends Error {
  readonly code: TransportErrorCode
  readonly retryable: boolean
  readonly retryAfterMs: number | undefined

  constructor(code: TransportErrorCode, message: string, options: TransportErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : {})
    this.name = 'TransportError'
    this.code = code
    this.retryable = code === 'UNAVAILABLE'
    this.retryAfterMs = options.retryAfterMs
  }
}

/** What an error means for the batch that met it. */
export function verdictOf(error: unknown): TransportErrorCode {
  const { code, retryable } = (typeof error === 'object' && error !== null ? error : {}) as Partial<TransportError>
  if (code === 'REFUSED') return 'REFUSED'
  return retryable === false ? 'UNSENDABLE' : 'UNAVAILABLE'
}

/** The wait an error asks for, in milliseconds; 0 when it asks for none. */
export function retryAfterMsOf(error: unknown): number {
  const { retryAfterMs } = (typeof error === 'object' && error !== null ? error : {}) as Partial<TransportError>
  return typeof retryAfterMs === 'number' && retryAfterMs > 0 ? retryAfterMs : 0
}
