import type { CheckResult, CheckSeverity, CheckStatus } from '@headwater/schemas'
import { canonicalJson } from '../../text/canonical-json.ts'
import { cutText } from '../../text/cut-text.ts'
import { nameText } from '../../text/name-text.ts'
import { ownProperty, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'

/** Checks read from one facet; each becomes an event. */
export const maxChecks = 10_000

/** The result of a check, from the properties that assertions and tests share. A failure of severity `warn` is a WARN. */
export function checkResult(name: string, found: 'PASS' | 'FAIL' | CheckStatus, entry: unknown): CheckResult {
  const severity = severityOf(entry)
  return {
    name: nameText(name),
    column: textOf(entry, 'column'),
    severity,
    status: found === 'FAIL' && severity === 'WARN' ? 'WARN' : found,
    expected: textOf(entry, 'expected'),
    actual: textOf(entry, 'actual'),
    message: textOf(entry, 'description'),
  }
}

function severityOf(entry: unknown): CheckSeverity {
  const severity = ownText(entry, 'severity')?.toLowerCase()
  return severity === 'warn' || severity === 'warning' ? 'WARN' : 'ERROR'
}

function textOf(entry: unknown, name: string): string | null {
  const value = ownProperty(entry, name)
  if (value === undefined || value === '') return null
  return typeof value === 'string' ? cutText(wellFormed(value)) : cutText(canonicalJson(value))
}
