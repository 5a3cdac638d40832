import { TransportError, type TransportErrorCode, type TransportErrorOptions } from '../transport.ts'

/** A server's answer other than 2xx. */
export class HttpStatusError extends TransportError {
  readonly status: number

  constructor(status: number, code: TransportErrorCode, message: string, options: TransportErrorOptions = {}) {
    super(code, message, options)
    this.status = status
  }
}
