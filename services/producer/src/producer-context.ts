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
  /** Accepts an event of a run, which can wait for room in the buffer; never throws. */
  readonly emitOfRun: (event: HeadwaterEvent) => void
  /** Resolves when no event of a run waits for room; undefined where none waits. Never rejects. */
  readonly room: () => Promise<void> | undefined
}
