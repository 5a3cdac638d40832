/** 0, a condition is not met, wrong usage, no connection. */
export const exitCodes = { ok: 0, failing: 1, usage: 2, connection: 3 } as const

export type CliErrorCode = 'FAILING' | 'INVALID_CONFIG' | 'INVALID_INPUT' | 'NOT_REACHABLE' | 'REFUSED'

const exitCodeOf: Readonly<Record<CliErrorCode, number>> = {
  FAILING: exitCodes.failing,
  REFUSED: exitCodes.failing,
  INVALID_CONFIG: exitCodes.usage,
  INVALID_INPUT: exitCodes.usage,
  NOT_REACHABLE: exitCodes.connection,
}

/** Why a command failed, as one line for people. */
export class CliError extends Error {
  readonly code: CliErrorCode
  readonly retryable: boolean
  readonly exitCode: number
  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CliError'
    this.code = code
    this.retryable = code === 'NOT_REACHABLE'
    this.exitCode = exitCodeOf[code]
  }
}
