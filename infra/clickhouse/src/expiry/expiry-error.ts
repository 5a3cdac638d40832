/** History cannot expire now. */
export class ExpiryError extends Error {
  readonly code = 'REPLAY_AT_WORK'
  readonly retryable = true
}
