/**
 * What a question costs. `costly`: it walks the graph, searches or compares, and its cost grows with the data; `cheap`: it reads one thing.
 * `state`: what every answer needs and probes check, which never waits behind questions.
 */
export type Cost = 'costly' | 'cheap' | 'state'

/** What the queries of one question are bound to. */
export type Work = {
  readonly cost: Cost
  /** Cancels the queries; the reason is the error they end with. */
  readonly signal?: AbortSignal
}
