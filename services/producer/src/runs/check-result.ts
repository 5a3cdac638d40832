import type { CheckResult, CheckSeverity, CheckStatus } from '@headwater/schemas'

/** The result of a data-quality check: give `passed` or `status`. */
export type Check = {
  /** The same in each run, so that results form a history. */
  readonly name: string
  /** true for status PASS, false for FAIL. */
  readonly passed?: boolean
  readonly status?: CheckStatus
  /** Severity of a failure. Default ERROR. */
  readonly severity?: CheckSeverity
  /** The checked column. Default: the whole asset. */
  readonly column?: string
  readonly expected?: unknown
  readonly actual?: unknown
  /** An explanation for people. */
  readonly message?: string
}

export function checkResultOf(check: Check): CheckResult {
  const { name, passed, severity = 'ERROR', column = null, message = null } = check
  const status = passed === undefined ? 'UNKNOWN' : passed ? 'PASS' : 'FAIL'
  return {
    name,
    column,
    severity,
    status: check.status ?? status,
    expected: textOrNull(check.expected),
    actual: textOrNull(check.actual),
    message,
  }
}

function textOrNull(value: unknown): string | null {
  if (value === undefined) return null
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}
