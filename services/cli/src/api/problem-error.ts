import type { Problem } from '@headwater/api/contract'
import { CliError, type CliErrorCode } from '../cli-error.ts'
import { printable } from '../terminal/printable.ts'

/** A problem document as one line with its code; for 401 and 403 with how to get a key with the scope. */
export function problemError(status: number, body: string, hasKey: boolean, scope = 'read'): CliError {
  const problem = parsed(body)
  const reason =
    problem === undefined
      ? `The server answered ${status} without a reason`
      : printable(`${problem.detail} (${problem.code})`)
  return new CliError(codeOf(status), `${reason}${keyHint(status, hasKey, scope)}`)
}

function keyHint(status: number, hasKey: boolean, scope: string): string {
  if (status !== 401 && status !== 403) return ''
  return hasKey
    ? `. This is about the key in HEADWATER_API_KEY; operators of Headwater create keys with: headwater keys create NAME --scope ${scope}`
    : `. Set HEADWATER_API_KEY to a key with the scope ${scope}; operators of Headwater create one with: headwater keys create NAME --scope ${scope}`
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
