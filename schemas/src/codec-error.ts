export type CodecErrorCode = 'NOT_FRAMED' | 'UNKNOWN_SCHEMA' | 'INCOMPATIBLE_SCHEMA' | 'UNDECODABLE' | 'UNENCODABLE'

/** A payload that cannot become an event, or an event that cannot become a payload. Trying again changes nothing. */
export class CodecError extends Error {
  readonly code: CodecErrorCode
  readonly retryable = false
  constructor(code: CodecErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CodecError'
    this.code = code
  }
}
