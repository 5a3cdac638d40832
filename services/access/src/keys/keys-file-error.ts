/** A keys file cannot be used. The message names the file and the line, never what is there. */
export class KeysFileError extends Error {
  readonly code = 'KEYS_FILE_UNUSABLE'
  readonly retryable = false
}
