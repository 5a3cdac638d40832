/** A keys file is unusable. The message names the file and the line, never their content. */
export class KeysFileError extends Error {
  readonly code = 'KEYS_FILE_UNUSABLE'
  readonly retryable = false
}
