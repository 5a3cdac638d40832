import type { Problem } from '@headwater/api/contract'
import { CliError, type CliErrorCode } from '../cli-error.ts'
import { printable } from '../terminal/printable.ts'

/** A problem document as one line with its code, and what to do about a key, which needs the scope. */
export function problemError(status: number, body: string, hasKey: boolean, scope = 'read'): CliError {
  const problem = parsed(body)
  const why =
    problem === undefined
      ? `The answer was ${status}, without saying why`
      : printable(`${problem.detail} (${problem.code})`)
  return new CliError(codeOf(status), `${why}${keyHint(status, hasKey, scope)}`)
}

function keyHint(status: number, hasKey: boolean, scope: string): string {
  if (status !== 401 && status !== 403) return ''
  return hasKey
    ? `. It says so of the key in HEADWATER_API_KEY; who runs Headwater makes keys with: headwater keys create NAME --scope ${scope}`
    : `. Set HEADWATER_API_KEY to a key with the scope ${scope}; who runs Headwater makes one with: headwater keys create NAME --scope ${scope}`
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
