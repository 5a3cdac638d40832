import type { Problem } from '../contract/index.ts'
import { type ApiErrorCode, problems } from '../errors.ts'

export const problemType = 'application/problem+json'

/** An RFC 9457 problem document. */
export function problemOf(
  code: ApiErrorCode,
  detail: string,
  facts: Readonly<Record<string, unknown>> = {},
): Problem & Readonly<Record<string, unknown>> {
  const { status, title } = problems[code]
  const type = `urn:headwater:problem:${code.toLowerCase().replaceAll('_', '-')}`
  return { type, title, status, detail, code, ...facts }
}
