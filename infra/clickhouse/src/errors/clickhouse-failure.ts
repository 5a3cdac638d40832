import { isTlsError, type TlsPeer, tlsCodeOf, tlsProblem } from '@headwater/config'
import { clickHouseCode, nameOfCode } from './clickhouse-error.ts'
import { deniedCodes, limitCodes, missingCodes, passingCodes } from './error-codes.ts'
import { IncompleteAnswer } from './incomplete-answer.ts'

/** What a failed call to ClickHouse means for its caller. */
export type ClickHouseFailure = {
  /**
   * passing: the same call will succeed once the trouble is over; limit: it may succeed later, a smaller one will; missing: the
   * database or a table is not there; denied: a person must change login, rights or certificates; refused: no retry helps.
   */
  readonly kind: 'passing' | 'limit' | 'missing' | 'denied' | 'refused'
  /** ClickHouse's name of the error, or that of the network's. */
  readonly name: string
  /** One line. */
  readonly text: string
}

const kinds = [
  ['passing', passingCodes],
  ['limit', limitCodes],
  ['missing', missingCodes],
  ['denied', deniedCodes],
] as const

/** Judges what a call to ClickHouse threw. Whatever is not ClickHouse's own answer passes: a proxy's page, a cut connection. */
export function clickHouseFailure(error: unknown): ClickHouseFailure {
  const code = clickHouseCode(error)
  if (code === undefined) return withoutCode(error)
  const kind = kinds.find(([, codes]) => Object.values<number>(codes).includes(code))?.[0] ?? 'refused'
  const name = nameOfCode(code)
  return { kind, name, text: `${oneLine(error).replace(/^Code: \d+\. DB::Exception: /, '')} (${name}, code ${code})` }
}

function withoutCode(error: unknown): ClickHouseFailure {
  const name = (error as NodeJS.ErrnoException)?.code
  if (error instanceof IncompleteAnswer) return { kind: 'passing', name: 'INCOMPLETE_ANSWER', text: error.message }
  if (isOwnFault(error)) return { kind: 'refused', name: 'UNEXPECTED', text: oneLine(error) }
  const tls = error instanceof Error ? tlsProblem(error, clickHouse) : undefined
  if (typeof name === 'string' && tls !== undefined) {
    const code = tlsCodeOf(error as Error)
    return { kind: isTlsError({ code }) ? 'denied' : 'passing', name: code, text: tls }
  }
  if (typeof name === 'string') return { kind: 'passing', name: 'NO_CONNECTION', text: oneLine(error) }
  const title = /<title>([^<]*)<\/title>/i.exec(oneLine(error))?.[1]
  const answer = title === undefined ? oneLine(error) : `a page "${title.trim()}"`
  return { kind: 'passing', name: 'NOT_CLICKHOUSE', text: `not an answer of ClickHouse: ${answer}` }
}

const clickHouse: TlsPeer = {
  name: 'ClickHouse',
  variables: 'CLICKHOUSE',
  otherName: 'use a name of the certificate in CLICKHOUSE_URL',
  withoutTls: 'CLICKHOUSE_URL must begin with http://, or have the port for https',
}

/** An error of this program, such as a call of undefined. */
const isOwnFault = (error: unknown): boolean =>
  [TypeError, RangeError, ReferenceError, SyntaxError].some((kind) => error instanceof kind)

const longest = 400

function oneLine(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).trim()
  const line = (text === '' ? 'an empty answer' : text).replace(/\s+/g, ' ')
  return line.length > longest ? `${line.slice(0, longest)} ...` : line
}
