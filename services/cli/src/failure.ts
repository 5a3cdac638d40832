import type { Refusal } from './cli-error.ts'

/** Why a command failed. */
export type Failure = {
  readonly code: string
  readonly message: string
  readonly retryable: boolean
  readonly exitCode: number
  readonly refusal?: Refusal | undefined
}

/**
 * A failure as one line of JSON: `{"error":{"code","message","retryable","exitCode"}}`. Where a server refused the request, `status`
 * is that of its answer, `problem` its problem document, and `code` the code of that.
 */
export function failureJson({ code, message, retryable, exitCode, refusal }: Failure): string {
  const { status, problem } = refusal ?? {}
  return JSON.stringify({ error: { code: problem?.code ?? code, message, retryable, exitCode, status, problem } })
}
