import { AsyncLocalStorage } from 'node:async_hooks'
import type { Scope } from '../upstreams/scope.ts'
import type { Upstreams } from '../upstreams/upstreams.ts'
import type { Run } from './run.ts'
import type { RunContext } from './run-context.ts'

/** What the code that is running now belongs to. A task has a frame of its own and the run of the frame around it. */
export type Frame = {
  readonly kind: 'materialize' | 'flow' | 'task'
  readonly outer: Frame | undefined
  readonly scope: Scope
  readonly run: Run | undefined
  /** How the code inside speaks to its run. */
  readonly context: RunContext | undefined
  /** Where what happens inside is gathered, for the result of this frame. */
  readonly upstreams: Upstreams
}

// The one thing shared by all producers of a process: which frame an asynchronous call belongs to.
const frames = new AsyncLocalStorage<Frame>()

export function currentFrame(): Frame | undefined {
  return frames.getStore()
}

export function inFrame<T>(frame: Frame, work: () => T): T {
  return frames.run(frame, work)
}
