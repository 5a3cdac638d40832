import { textWithoutSecrets, withoutSecrets } from '@headwater/lineage'
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

const longestDetail = 1_000

/** A sentence about what a request had, which may quote it: without secrets, and at most 1,000 characters of it. */
export function shownDetail(sentence: string): string {
  const shown = textWithoutSecrets(sentence.slice(0, longestDetail * 4))
  return shown.length <= longestDetail ? shown : `${shown.slice(0, longestDetail)}…`
}

/** The document of a problem. Neither its detail nor its facts have secrets of the request. */
export function problemDocument({
  code,
  status,
  title,
  message,
  facts,
}: ProblemError<string, object>): ProblemDocument {
  const type = `urn:headwater:problem:${code.toLowerCase().replaceAll('_', '-')}`
  return { type, title, status, detail: shownDetail(message), code, ...withoutSecrets(facts) }
}
