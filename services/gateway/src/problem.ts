import { type GatewayError, type GatewayErrorCode, problems } from './errors.ts'

export const problemType = 'application/problem+json'

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: GatewayErrorCode
} & Readonly<Record<string, unknown>>

/** An RFC 9457 problem document. */
export function problemOf({ code, message, facts }: Pick<GatewayError, 'code' | 'message' | 'facts'>): Problem {
  const { status, title } = problems[code]
  const type = `urn:headwater:problem:${code.toLowerCase().replaceAll('_', '-')}`
  return { type, title, status, detail: message, code, ...facts }
}
