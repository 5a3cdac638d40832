/** The environment is wrong. The message names every variable that is, never its value. */
export class ConfigError extends Error {
  readonly code = 'INVALID_CONFIG'
  readonly retryable = false

  /** @param problems a line each, that begins with the variable */
  constructor(problems: readonly string[]) {
    super(`Invalid configuration: ${[...new Set(problems)].join('; ')}`)
    this.name = 'ConfigError'
  }
}

/** @throws ConfigError of all problems, if there are any */
export function throwIfInvalid(problems: readonly string[]): void {
  if (problems.length > 0) throw new ConfigError(problems)
}
