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
 * slowly, since an operator can change that. UNSENDABLE: among these are events that can never be sent (too large, no
 * such field). They are dropped; where the transport does not say which, the batch is divided until they are found.
 */
export type TransportErrorCode = 'UNAVAILABLE' | 'REFUSED' | 'UNSENDABLE'

export type TransportErrorOptions = ErrorOptions & {
  /** How long the other side asks to be left alone, in milliseconds; the sender waits at least so long, within limits. */
  readonly retryAfterMs?: number | undefined
  /** With UNSENDABLE, where it is known: which of the batch can never be sent. All others are stored. */
  readonly unsendable?: readonly UnsendableEvent[]
}

export type UnsendableEvent = {
  /** Its place in the batch, from 0. */
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

/** What an error means for the batch that met it. */
export function verdictOf(error: unknown): TransportErrorCode {
  const { code, retryable } = (typeof error === 'object' && error !== null ? error : {}) as Partial<TransportError>
  if (code === 'REFUSED') return 'REFUSED'
  return retryable === false ? 'UNSENDABLE' : 'UNAVAILABLE'
}

/** Which events of a batch of `count` an error says can never be sent; undefined when it does not say. */
export function unsendableOf(error: unknown, count: number): ReadonlyMap<number, string> | undefined {
  if (!(error instanceof TransportError) || error.code !== 'UNSENDABLE') return undefined
  const known = error.unsendable.filter(({ index }) => Number.isInteger(index) && index >= 0 && index < count)
  return known.length === 0 ? undefined : new Map(known.map(({ index, reason }) => [index, reason]))
}

/** The wait an error asks for, in milliseconds; 0 when it asks for none. */
export function retryAfterMsOf(error: unknown): number {
  const { retryAfterMs } = (typeof error === 'object' && error !== null ? error : {}) as Partial<TransportError>
  return typeof retryAfterMs === 'number' && retryAfterMs > 0 ? retryAfterMs : 0
}
