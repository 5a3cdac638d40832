import { CliError, type CliErrorCode, type Refusal } from '../cli-error.ts'
import { printable } from '../terminal/printable.ts'

type Problem = NonNullable<Refusal['problem']> & { readonly detail: string; readonly required?: unknown }

/** A problem document as one line with its code; where a key is missing or refused, with how to get one that has the scope. */
export function problemError(status: number, body: string, hasKey: boolean, scope = 'read'): CliError {
  const problem = parsed(body)
  const reason =
    problem === undefined
      ? `The server answered ${status} without a reason`
      : printable(`${problem.detail} (${problem.code})`)
  return new CliError(codeOf(status), `${reason}${keyHint({ status, problem }, hasKey, scope)}`, {
    refusal: { status, problem },
  })
}

function keyHint(
  { status, problem }: { status: number; problem: Problem | undefined },
  hasKey: boolean,
  scope: string,
): string {
  if (!concernsKey(status, problem?.code)) return ''
  const needed = typeof problem?.required === 'string' ? printable(problem.required) : scope
  const creating = `operators of Headwater create one with: headwater keys create NAME --scope ${needed}`
  return hasKey
    ? `. This is about the key in HEADWATER_API_KEY: it must be a key with the scope ${needed}; ${creating}`
    : `. A key is missing: set HEADWATER_API_KEY to a key with the scope ${needed}; ${creating}`
}

/** Other refusals with 403, such as of the host name, are not about the key. */
function concernsKey(status: number, code: string | undefined): boolean {
  if (code === undefined) return status === 401 || status === 403
  return code === 'UNAUTHENTICATED' || code === 'FORBIDDEN'
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
