import type { CheckResult, CheckSeverity, CheckStatus } from '@headwater/schemas'

/** A data-quality check as the code states it: give `passed` or `status`. */
export type Check = {
  /** Stable over runs. */
  readonly name: string
  /** The same as status PASS or FAIL. */
  readonly passed?: boolean
  readonly status?: CheckStatus
  /** How bad a failure is. Default ERROR. */
  readonly severity?: CheckSeverity
  /** Column it looks at; absent for the whole asset. */
  readonly column?: string
  readonly expected?: unknown
  readonly actual?: unknown
  /** A sentence for people. */
  readonly message?: string
}

export function checkResultOf(check: Check): CheckResult {
  const { name, passed, severity = 'ERROR', column = null, message = null } = check
  const verdict = passed === undefined ? 'UNKNOWN' : passed ? 'PASS' : 'FAIL'
  return {
    name,
    column,
    severity,
    status: check.status ?? verdict,
    expected: shown(check.expected),
    actual: shown(check.actual),
    message,
  }
}

function shown(value: unknown): string | null {
  if (value === undefined) return null
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}
