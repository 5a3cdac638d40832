/** 0, a condition is not met, wrong usage, no connection. */
export const exitCodes = { ok: 0, failing: 1, usage: 2, connection: 3 } as const

export type CliErrorCode =
  | 'FAILING'
  | 'INVALID_CONFIG'
  | 'INVALID_INPUT'
  | 'INVALID_USAGE'
  | 'NOT_INSTALLED'
  | 'NOT_REACHABLE'
  | 'REFUSED'
  | 'UNEXPECTED'

const exitCodeOf: Readonly<Record<CliErrorCode, number>> = {
  FAILING: exitCodes.failing,
  NOT_INSTALLED: exitCodes.failing,
  REFUSED: exitCodes.failing,
  UNEXPECTED: exitCodes.failing,
  INVALID_CONFIG: exitCodes.usage,
  INVALID_INPUT: exitCodes.usage,
  INVALID_USAGE: exitCodes.usage,
  NOT_REACHABLE: exitCodes.connection,
}

/** The answer of a server that refused a request. */
export type Refusal = {
  readonly status: number
  /** The problem document (RFC 9457) as it was sent; undefined when the body is none. */
  readonly problem: (Readonly<Record<string, unknown>> & { readonly code: string }) | undefined
}

/** Why a command failed, as one line for people. */
export class CliError extends Error {
  readonly code: CliErrorCode
  readonly retryable: boolean
  readonly exitCode: number
  readonly refusal: Refusal | undefined
  constructor(code: CliErrorCode, message: string, options?: ErrorOptions & { readonly refusal?: Refusal }) {
    super(message, options)
    this.name = 'CliError'
    this.code = code
    this.retryable = code === 'NOT_REACHABLE'
    this.exitCode = exitCodeOf[code]
    this.refusal = options?.refusal
  }
}
