import { formatAge } from './age.ts'
import { formatUtc } from './utc.ts'

/** How a time is told; a dash for none. */
export type When = (time: string | null) => string

/** Of now, times are told as ages; of an earlier moment, as what they are, because an age would be read from either. */
export function createWhen(moment: { readonly asOf?: string; readonly knownAt?: string }, now: number): When {
  if (moment.asOf === undefined && moment.knownAt === undefined) return (time) => formatAge(time, now)
  return (time) => (time === null ? '-' : formatUtc(time))
}
