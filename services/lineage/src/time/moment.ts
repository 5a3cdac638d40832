/**
 * Which events count: those that occurred at or before `asOf` and were recorded at or before `knownAt`, in epoch milliseconds; all
 * where it is not given. What is answered at a moment is the fold of those events and no others.
 */
export type Moment = {
  readonly asOf?: number | undefined
  readonly knownAt?: number | undefined
  /** Of runs that ended before it only sums may be left; neither time may be before it. Undefined when everything is kept. */
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

/** What part of what is known a question about the graph is answered from. */
export type GraphView = { readonly moment: Moment; readonly edges: EdgeChoice }
