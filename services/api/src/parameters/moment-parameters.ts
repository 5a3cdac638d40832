import { type EdgeChoice, type GraphView, latestTime, type Moment, parseDuration, parseTime } from '@headwater/lineage'
import { Type } from 'typebox'
import { ApiError } from '../errors.ts'

const timeForms = 'a time such as 2026-11-01T09:30:00Z, or a day, which stands for its midnight in UTC'

/** Parameters of every read that supports earlier moments. */
export const momentParameters = {
  asOf: Type.Optional(
    Type.String({
      minLength: 1,
      description: `Consider only events that occurred at or before this time: ${timeForms}`,
    }),
  ),
  knownAt: Type.Optional(
    Type.String({
      minLength: 1,
      description: `Consider only events that were recorded at or before this time: ${timeForms}`,
    }),
  ),
}

/** Parameters of every read of the graph. */
export const viewParameters = {
  edges: Type.String({
    default: 'current',
    description:
      'Which edges to consider: current: the inputs of the latest success of each job; ever: the inputs of any success; seenWithin=<duration>, e.g. seenWithin=30d: the inputs of successes that ended at most that long before asOf, which is now by default',
  }),
  seenWithin: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'The duration for edges=seenWithin: 45s, 90m, 12h, 30d, 2w or P30D',
    }),
  ),
  ...momentParameters,
}

/**
 * @param horizon before when history may have expired, epoch milliseconds
 * @throws ApiError INVALID_PARAMETER, BEYOND_HORIZON
 */
export function momentOf(
  query: { readonly asOf?: string; readonly knownAt?: string },
  horizon: number | undefined,
): Moment {
  return {
    asOf: keptTimeOf('asOf', query.asOf, horizon),
    knownAt: keptTimeOf('knownAt', query.knownAt, horizon),
    horizon,
  }
}

/** A time parameter at or after the horizon, in epoch milliseconds. @throws ApiError INVALID_PARAMETER, BEYOND_HORIZON */
export function keptTimeOf(parameter: string, text: string, horizon: number | undefined): number
export function keptTimeOf(parameter: string, text: string | undefined, horizon: number | undefined): number | undefined
export function keptTimeOf(
  parameter: string,
  text: string | undefined,
  horizon: number | undefined,
): number | undefined {
  const at = timeOf(parameter, text)
  if (at === undefined || horizon === undefined || at >= horizon) return at
  const kept = new Date(horizon).toISOString()
  throw new ApiError('BEYOND_HORIZON', `${parameter} must be ${kept} or later: history before that has expired`, {
    parameter,
    horizon: kept,
  })
}

/** A time parameter in epoch milliseconds. @throws ApiError INVALID_PARAMETER */
export function timeOf(parameter: string, text: string): number
export function timeOf(parameter: string, text: string | undefined): number | undefined
export function timeOf(parameter: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const at = parseTime(text)
  if (at === undefined)
    throw invalid(parameter, `${parameter} must be ${timeForms}, not ${JSON.stringify(text.slice(0, 80))}`)
  return Math.min(Math.max(at, 0), latestTime)
}

/**
 * @param now epoch milliseconds; durations count back from asOf or, without it, from now
 * @throws ApiError INVALID_PARAMETER
 */
function edgeChoiceOf(
  query: { readonly edges?: string; readonly seenWithin?: string },
  { asOf }: Moment,
  now: number,
): EdgeChoice {
  const edges = query.edges ?? 'current'
  const [, inline] = /^seenWithin(?:[=:](.*))?$/.exec(edges) ?? [undefined, undefined]
  if (edges.startsWith('seenWithin') || query.seenWithin !== undefined) {
    const text = inline ?? query.seenWithin ?? ''
    const duration = parseDuration(text)
    if (duration === undefined) {
      throw invalid(
        'edges',
        `seenWithin must be a duration such as 12h, 30d or P30D, not ${JSON.stringify(text.slice(0, 80))}`,
      )
    }
    return { kind: 'seenSince', since: Math.max(0, (asOf ?? now) - duration) }
  }
  if (edges === 'current' || edges === 'ever') return { kind: edges }
  throw invalid(
    'edges',
    `edges must be current, ever or seenWithin=<duration>, e.g. seenWithin=30d, not ${JSON.stringify(edges.slice(0, 80))}`,
  )
}

/** @throws ApiError INVALID_PARAMETER */
export function graphViewOf(
  query: Parameters<typeof momentOf>[0] & Parameters<typeof edgeChoiceOf>[0],
  now: number,
  horizon: number | undefined,
): GraphView {
  const moment = momentOf(query, horizon)
  return { moment, edges: edgeChoiceOf(query, moment, now) }
}

const invalid = (parameter: string, detail: string) =>
  new ApiError('INVALID_PARAMETER', detail, { parameter, errors: [{ parameter, detail }] })
