import { type EdgeChoice, type GraphView, type Moment, parseDuration, parsePointInTime } from '@headwater/lineage'
import { Type } from 'typebox'
import { ApiError } from '../errors.ts'
import { invalidParameters } from './parameter-problem.ts'
import { formatted } from './text-formats.ts'

const timeForms =
  'a time such as 2026-11-01T09:30:00Z, a day, which stands for its midnight in UTC, or a time ago such as 3d or 12h'

/** A parameter that takes a time. */
export const timeParameter = (description: string) =>
  formatted('point-in-time', { description: `${description}: ${timeForms}`, example: '2026-11-01T09:30:00Z' })

/** Parameters of every read that supports earlier moments. */
export const momentParameters = {
  asOf: Type.Optional(timeParameter('Consider only events that occurred at or before this time')),
  knownAt: Type.Optional(timeParameter('Consider only events that were recorded at or before this time')),
}

/** Parameters of every read of the graph. */
export const viewParameters = {
  edges: Type.Optional(
    formatted('edge-choice', {
      description:
        'Which edges to consider: current (default): the inputs of the latest success of each job; ever: the inputs of any success; seenWithin=<duration>, e.g. seenWithin=30d: the inputs of successes that ended at most that long before asOf, which is now by default',
      example: 'seenWithin=30d',
    }),
  ),
  seenWithin: Type.Optional(
    formatted('time-span', {
      description: 'The duration for edges=seenWithin, which need not be given then: 45s, 90m, 12h, 30d, 2w or P30D',
    }),
  ),
  ...momentParameters,
}

/** The times of a request, epoch milliseconds. */
export type Clock = {
  readonly now: number
  /** Before when history may have expired. */
  readonly horizon: number | undefined
}

/** @throws ApiError BEYOND_HORIZON */
export function momentOf(query: { readonly asOf?: string; readonly knownAt?: string }, clock: Clock): Moment {
  return whenKept({ asOf: timeOf(query.asOf, clock), knownAt: timeOf(query.knownAt, clock) }, clock)
}

/** A moment at or after the horizon. @throws ApiError BEYOND_HORIZON */
export function whenKept({ asOf, knownAt }: Moment, { horizon }: Pick<Clock, 'horizon'>): Moment {
  refuseExpired({ asOf, knownAt }, horizon)
  return { asOf, knownAt, horizon }
}

/** @throws ApiError BEYOND_HORIZON that names the first of the parameters whose time is before the horizon */
export function refuseExpired(times: Readonly<Record<string, number | undefined>>, horizon: number | undefined): void {
  const kept = horizon === undefined ? undefined : new Date(horizon).toISOString()
  const errors = Object.entries(times)
    .filter(([, at]) => at !== undefined && horizon !== undefined && at < horizon)
    .map(([parameter]) => ({
      parameter,
      detail: `${parameter} must be ${kept} or later: history before that has expired`,
    }))
  if (errors.length === 0) return
  const detail = errors.map((error) => error.detail).join('; ')
  throw new ApiError('BEYOND_HORIZON', detail, { parameter: errors[0]?.parameter, horizon: kept, errors })
}

/** The time in a parameter that its format allows, in epoch milliseconds. */
export function timeOf(text: string, clock: Clock): number
export function timeOf(text: string | undefined, clock: Clock): number | undefined
export function timeOf(text: string | undefined, { now }: Clock): number | undefined {
  return text === undefined ? undefined : parsePointInTime(text, now)
}

type EdgeParameters = { readonly edges?: string; readonly seenWithin?: string }

/** Durations count back from asOf or, without it, from now. @throws ApiError INVALID_PARAMETER when the two contradict each other */
function edgeChoiceOf({ edges, seenWithin }: EdgeParameters, { asOf }: Moment, now: number): EdgeChoice {
  const [isWithin, inline] = /^seenWithin(?:[=:](.*))?$/.exec(edges ?? '') ?? []
  if (seenWithin !== undefined && edges !== undefined && (isWithin === undefined || inline !== undefined)) {
    throw contradiction(`edges=${edges} and seenWithin=${seenWithin} do not fit together: give only one of them`)
  }
  const span = inline ?? seenWithin
  if (span !== undefined) return { kind: 'seenSince', since: Math.max(0, (asOf ?? now) - (parseDuration(span) ?? 0)) }
  if (isWithin !== undefined) throw contradiction('edges=seenWithin lacks its duration: write edges=seenWithin=30d')
  return { kind: edges === 'ever' ? 'ever' : 'current' }
}

const contradiction = (detail: string) => invalidParameters([{ parameter: 'edges', detail }])

/** @throws ApiError INVALID_PARAMETER, BEYOND_HORIZON */
export function graphViewOf(query: Parameters<typeof momentOf>[0] & EdgeParameters, clock: Clock): GraphView {
  const moment = momentOf(query, clock)
  return { moment, edges: edgeChoiceOf(query, moment, clock.now) }
}
