import type { HeadwaterEvent } from '@headwater/schemas'
import type { Limits } from './limits.ts'
import type { Problems } from './problems.ts'
import type { Scope } from './upstreams/scope.ts'

/** What the functions of one producer share. */
export type ProducerContext = {
  /** Default namespace of jobs. */
  readonly namespace: string
  readonly limits: Limits
  readonly problems: Problems
  /** The scope of values made outside of flows. */
  readonly scope: Scope
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Searches for upstreams that stopped at a limit. */
  readonly cutSearches: { count: number }
  /** Accepts an event; never throws. */
  readonly emit: (event: HeadwaterEvent) => void
}
