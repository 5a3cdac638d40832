import type { CheckResult } from '@headwater/schemas'

/** Results of checks as assertions. OpenLineage knows only passed or not: a check that was skipped, or says nothing, is left out. */
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
