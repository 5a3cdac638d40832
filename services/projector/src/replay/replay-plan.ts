import { ProjectorError } from '../errors.ts'
import type { ReplayOptions } from './replay-context.ts'

/** `swapped`: the old tables are not dropped yet. The last three states are final. */
export type ReplayState =
  | 'building'
  | 'pausing'
  | 'stopped'
  | 'differs'
  | 'swapped'
  | 'finished'
  | 'verified'
  | 'cancelled'

export type FoundReplay = { readonly generation: number; readonly state: ReplayState }

/** What a replay finds when it begins and no other replay is running. */
export type Situation = {
  /** Of the live tables. */
  readonly generation: number
  /** The database of rebuilt tables exists. */
  readonly isBegun: boolean
  /** The latest replay. */
  readonly last: FoundReplay | undefined
}

export type ReplayPlan =
  | { readonly kind: 'build'; readonly generation: number; readonly resume: boolean }
  /** The tables were swapped; the old ones remain to be dropped. */
  | { readonly kind: 'tidy'; readonly generation: number }
  | { readonly kind: 'cancel'; readonly generation: number }
  | { readonly kind: 'nothing' }

const ended: ReadonlySet<ReplayState> = new Set(['finished', 'verified', 'cancelled'])

/** @throws ProjectorError REPLAY_UNDECIDED when the user has to decide */
export function planReplay({ generation, isBegun, last }: Situation, options: ReplayOptions): ReplayPlan {
  const unfinished = last !== undefined && !ended.has(last.state) ? last : undefined
  // The generation of the tables counts, not the noted state: the process may have ended between swapping and noting it.
  if (unfinished !== undefined && unfinished.generation <= generation)
    return { kind: 'tidy', generation: unfinished.generation }
  if (options.cancel)
    return isBegun || unfinished !== undefined
      ? { kind: 'cancel', generation: unfinished?.generation ?? generation }
      : { kind: 'nothing' }
  const fresh = { kind: 'build', generation: Math.max(generation, last?.generation ?? 0) + 1, resume: false } as const
  if (options.restart || (!isBegun && unfinished?.state !== 'differs')) return fresh
  if (unfinished === undefined)
    throw undecided('A database of rebuilt tables exists, but no replay is recorded for it. Rebuild')
  if (unfinished.state === 'differs' && !options.acceptDifferences)
    throw undecided(
      'The last replay found differences and kept the rebuilt tables for inspection. Swap them in with --accept-differences, rebuild',
    )
  return { kind: 'build', generation: unfinished.generation, resume: isBegun }
}

const undecided = (foundAndRebuild: string) =>
  new ProjectorError('REPLAY_UNDECIDED', `${foundAndRebuild} them with --restart, or drop them with --cancel`, {
    retryable: false,
  })
