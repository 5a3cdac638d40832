import { ProjectorError } from '../errors.ts'
import type { ReplayOptions } from './replay-options.ts'

/**
 * Where a replay stands. `swapped`: the tables changed places, and the old ones are not dropped yet. The last three end it.
 */
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

/** What a replay finds when it begins, nobody else being at work. */
export type Situation = {
  /** Of the tables that are read. */
  readonly generation: number
  /** The database of rebuilt tables is there. */
  readonly isBegun: boolean
  /** The replay that was last at work. */
  readonly last: FoundReplay | undefined
}

export type Step =
  | { readonly kind: 'build'; readonly generation: number; readonly resume: boolean }
  /** The tables have changed places; what is left is to drop the old ones. */
  | { readonly kind: 'tidy'; readonly generation: number }
  | { readonly kind: 'cancel'; readonly generation: number }
  | { readonly kind: 'nothing' }

const ended: ReadonlySet<ReplayState> = new Set(['finished', 'verified', 'cancelled'])

/** @throws ProjectorError REPLAY_UNDECIDED when a person has to say what is to be done */
export function planReplay({ generation, isBegun, last }: Situation, options: ReplayOptions): Step {
  const unfinished = last !== undefined && !ended.has(last.state) ? last : undefined
  // What was exchanged tells more than what was noted: the process may have ended between the two.
  if (unfinished !== undefined && unfinished.generation <= generation)
    return { kind: 'tidy', generation: unfinished.generation }
  if (options.cancel)
    return isBegun || unfinished !== undefined
      ? { kind: 'cancel', generation: unfinished?.generation ?? generation }
      : { kind: 'nothing' }
  const fresh = { kind: 'build', generation: Math.max(generation, last?.generation ?? 0) + 1, resume: false } as const
  if (options.restart || (!isBegun && unfinished?.state !== 'differs')) return fresh
  if (unfinished === undefined)
    throw undecided('A database of rebuilt tables is there, and no replay says what it holds. Build')
  if (unfinished.state === 'differs' && !options.acceptDifferences)
    throw undecided(
      'The last replay found differences and left the rebuilt tables to look at. Swap them in with --accept-differences, build',
    )
  return { kind: 'build', generation: unfinished.generation, resume: isBegun }
}

const undecided = (foundAndBuild: string) =>
  new ProjectorError('REPLAY_UNDECIDED', `${foundAndBuild} them anew with --restart, or drop them with --cancel`, {
    retryable: false,
  })
