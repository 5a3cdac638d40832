import { ProjectorError } from '../errors.ts'
import type { TableComparison } from './compare-tables.ts'

/** Which tables differ, and what may be done. @param database of the rebuilt tables */
export function differs(tables: readonly TableComparison[], database: string): ProjectorError {
  const found = tables
    .filter(({ equal }) => !equal)
    .map(({ table, liveRows, rebuiltRows, onlyLive, onlyRebuilt }) =>
      onlyLive === null
        ? `${table} (${liveRows} rows live, ${rebuiltRows} rebuilt)`
        : `${table} (${onlyLive} rows only live, ${onlyRebuilt} only rebuilt)`,
    )
  return new ProjectorError(
    'REPLAY_DIFFERS',
    `The rebuilt tables differ: ${found.join(', ')}. Nothing was swapped. Database ${database} has them to look at; swap them in with --accept-differences, or drop them with --cancel`,
    { retryable: false },
  )
}

export const unsettled = () =>
  new ProjectorError(
    'REPLAY_UNSETTLED',
    'The tables kept moving while they were to stand still. Does a projector of an earlier version run? Stop it, then go on with the same command',
    { retryable: true },
  )

export const stuck = () =>
  new ProjectorError(
    'REPLAY_UNSETTLED',
    'The rebuilt tables did not come to where the live ones stand. Go on with the same command; if that does not help, with --restart',
    { retryable: true },
  )
