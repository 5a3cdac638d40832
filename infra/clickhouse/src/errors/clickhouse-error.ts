import { ClickHouseError } from '@clickhouse/client'
import { deniedCodes, limitCodes, missingCodes, passingCodes, refusedCodes } from './error-codes.ts'

const codes = { ...passingCodes, ...limitCodes, ...missingCodes, ...deniedCodes, ...refusedCodes }

/** ClickHouse's names of the errors that services tell apart. */
export type ClickHouseErrorName = keyof typeof codes

/** ClickHouse's code of an error; undefined when ClickHouse did not answer. The client knows no code when the text names no type. */
export function clickHouseCode(error: unknown): number | undefined {
  if (error instanceof ClickHouseError) return Number(error.code)
  const found = error instanceof Error ? /^\s*Code: (\d+)[.,]/.exec(error.message) : null
  return found === null ? undefined : Number(found[1])
}

/** True when ClickHouse answered with one of these errors. Compares codes: the client's `type` is the first `(NAME)` of a message, which may quote the query. */
export function isClickHouseError(error: unknown, names: readonly ClickHouseErrorName[]): boolean {
  const code = clickHouseCode(error)
  return names.some((name) => codes[name] === code)
}

export const nameOfCode = (code: number): string =>
  Object.entries(codes).find(([, known]) => known === code)?.[0] ?? `CODE_${code}`
