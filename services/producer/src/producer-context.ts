import type { HeadwaterEvent } from '@headwater/schemas'
import type { Limits } from './limits.ts'
import type { Problems } from './problems.ts'
import type { Scope } from './upstreams/scope.ts'

/** What a producer is made of, for the functions it hands out. */
export type Parts = {
  readonly namespace: string
  readonly limits: Limits
  readonly problems: Problems
  /** Where values came from, outside flows. */
  readonly scope: Scope
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Searches for upstreams that ended at their limits. */
  readonly cutSearches: { count: number }
  /** Takes an event and never throws. */
  readonly emit: (event: HeadwaterEvent) => void
}
