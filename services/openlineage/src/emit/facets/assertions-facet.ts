import type { CheckResult } from '@headwater/schemas'

/** Check results as assertions. An assertion either passed or not, so skipped checks and those of unknown status are left out. */
export function assertionsFacet(checks: readonly CheckResult[]): object | undefined {
  const assertions = checks.filter(({ status }) => status !== 'SKIPPED' && status !== 'UNKNOWN').map(assertion)
  return assertions.length === 0 ? undefined : { assertions }
}

function assertion({ name, column, severity, status, expected, actual, message }: CheckResult): object {
  return {
    assertion: name,
    success: status === 'PASS',
    severity: severity === 'WARN' || status === 'WARN' ? 'warn' : 'error',
    ...(column === null ? {} : { column }),
    ...(expected === null ? {} : { expected }),
    ...(actual === null ? {} : { actual }),
    ...(message === null ? {} : { description: message }),
  }
}
