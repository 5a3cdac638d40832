import type { ProblemError } from './problem-error.ts'

export const problemType = 'application/problem+json'

/** An RFC 9457 problem document. Further members are facts about the problem. */
export type ProblemDocument = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
} & Readonly<Record<string, unknown>>

export function problemDocument({
  code,
  status,
  title,
  message,
  facts,
}: ProblemError<string, object>): ProblemDocument {
  const type = `urn:headwater:problem:${code.toLowerCase().replaceAll('_', '-')}`
  return { type, title, status, detail: message, code, ...facts }
}
