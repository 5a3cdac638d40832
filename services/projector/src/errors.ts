export type ProjectorErrorCode =
  | 'CLICKHOUSE_UNAVAILABLE'
  | 'CLICKHOUSE_DENIED'
  | 'CLICKHOUSE_REFUSED'
  | 'LOG_REPLACED'
  | 'TABLES_MISSING'
  | 'LOG_SHORTER_THAN_TABLES'
  | 'PORT_TAKEN'
  | 'REGISTRY_LOST'
  | 'REPLAY_AT_WORK'
  | 'REPLAY_UNDECIDED'
  | 'REPLAY_DIFFERS'
  | 'REPLAY_UNSETTLED'
  | 'NOTHING_FOLDED'
  | 'OTHER_TOPICS'
  | 'LOG_EXPIRED'

/** What stops or delays a projector or replay. `retryable`: the same call may succeed later. Codes: docs/errors.md */
export class ProjectorError extends Error {
  readonly code: ProjectorErrorCode
  readonly retryable: boolean
  /** What it waits for in detail, such as ClickHouse's name of the error. */
  readonly reason: string | undefined

  constructor(
    code: ProjectorErrorCode,
    message: string,
    options: ErrorOptions & { readonly retryable: boolean; readonly reason?: string },
  ) {
    super(message, options)
    this.name = 'ProjectorError'
    this.code = code
    this.reason = options.reason
    this.retryable = options.retryable
  }
}
