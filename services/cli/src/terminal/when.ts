import { formatAge } from './age.ts'
import { formatUtc } from './utc.ts'

/** Formats a time; a dash for null. */
export type When = (time: string | null) => string

/** Ages for the current graph; UTC times for an earlier moment, where an age would be ambiguous. */
export function createWhen(moment: { readonly asOf?: string; readonly knownAt?: string }, now: number): When {
  if (moment.asOf === undefined && moment.knownAt === undefined) return (time) => formatAge(time, now)
  return (time) => (time === null ? '-' : formatUtc(time))
}
