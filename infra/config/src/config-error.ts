/** The environment is invalid. The message names each invalid variable, never its value. */
export class ConfigError extends Error {
  readonly code = 'INVALID_CONFIG'
  readonly retryable = false

  /** @param problems one sentence each, starting with the variable */
  constructor(problems: readonly string[]) {
    super(`Invalid configuration: ${[...new Set(problems)].join('; ')}`)
    this.name = 'ConfigError'
  }
}

/** @throws ConfigError with all problems, if there are any */
export function throwIfInvalid(problems: readonly string[]): void {
  if (problems.length > 0) throw new ConfigError(problems)
}
