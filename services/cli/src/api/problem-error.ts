import type { Problem } from '@headwater/api/contract'
import { CliError, type CliErrorCode } from '../cli-error.ts'
import { printable } from '../text/printable.ts'

/** The API's problem document as one line with its code. */
export function problemError(status: number, body: string): CliError {
  const problem = parsed(body)
  if (problem === undefined) return new CliError(codeOf(status), `The API answered ${status}, without saying why`)
  return new CliError(codeOf(status), printable(`${problem.detail} (${problem.code})`))
}

function codeOf(status: number): CliErrorCode {
  if (status === 503) return 'NOT_REACHABLE'
  return status === 400 || status === 414 ? 'INVALID_INPUT' : 'REFUSED'
}

function parsed(body: string): Problem | undefined {
  try {
    const problem = JSON.parse(body) as Problem
    return typeof problem.code === 'string' && typeof problem.detail === 'string' ? problem : undefined
  } catch {
    return undefined
  }
}
