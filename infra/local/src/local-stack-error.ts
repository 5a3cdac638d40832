export type LocalStackErrorCode =
  | 'ALREADY_RUNNING'
  | 'CHECKSUM_MISMATCH'
  | 'DOCKER_INSTEAD'
  | 'FETCH_FAILED'
  | 'HOME_NOT_PRIVATE'
  | 'NOT_READY'
  | 'PART_CRASHED'
  | 'PORT_TAKEN'
  | 'PREREQUISITES_MISSING'
  | 'SECRET_UNUSABLE'

/** Why the embedded stack does not run, as one line for people. */
export class LocalStackError extends Error {
  readonly code: LocalStackErrorCode
  readonly retryable: boolean
  constructor(code: LocalStackErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LocalStackError'
    this.code = code
    this.retryable = code === 'NOT_READY' || code === 'FETCH_FAILED'
  }
}
