import { AsyncLocalStorage } from 'node:async_hooks'
import type { Scope } from '../upstreams/scope.ts'
import type { Upstreams } from '../upstreams/upstreams.ts'
import type { Run } from './run.ts'
import type { RunContext } from './run-context.ts'

/** The wrapped call that the running code belongs to. A task has its own frame and the run of the frame around it. */
export type Frame = {
  readonly kind: 'materialize' | 'flow' | 'task'
  readonly outer: Frame | undefined
  readonly scope: Scope
  readonly run: Run | undefined
  /** The run as the code inside reaches it (`currentRun()`). */
  readonly context: RunContext | undefined
  /** Collects the upstreams of what is made inside this frame. */
  readonly upstreams: Upstreams
}

// Shared by all producers of the process, so that their runs nest.
const frames = new AsyncLocalStorage<Frame>()

export function currentFrame(): Frame | undefined {
  return frames.getStore()
}

export function inFrame<T>(frame: Frame, work: () => T): T {
  return frames.run(frame, work)
}
