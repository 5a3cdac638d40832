/**
 * Which events count: those that occurred at or before `asOf` and were recorded at or before `knownAt`, in epoch milliseconds; a time that
 * is not given excludes nothing. The answer at a moment is the fold of exactly these events.
 */
export type Moment = {
  readonly asOf?: number | undefined
  readonly knownAt?: number | undefined
  /** Of runs that ended before the horizon only sums may remain; neither time may be before it. Undefined when nothing has expired. */
  readonly horizon?: number | undefined
}

/** True when every event counts. */
export const isNow = ({ asOf, knownAt }: Moment): boolean => asOf === undefined && knownAt === undefined

/**
 * Which edges count: those of each job's latest success (`current`), those that any success asserted (`ever`), or of the latter
 * those that a success asserted at or after `since`, in epoch milliseconds (`seenSince`).
 */
export type EdgeChoice =
  | { readonly kind: 'current' }
  | { readonly kind: 'ever' }
  | { readonly kind: 'seenSince'; readonly since: number }

/** The events and edges that answer a question about the graph. */
export type GraphView = { readonly moment: Moment; readonly edges: EdgeChoice }
