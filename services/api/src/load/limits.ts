import type { WorkLimits } from '../plugins/bounded-work.ts'
import type { PressureLimits } from '../plugins/pressure.ts'

/** How much the API does at once. */
export type AppLimits = WorkLimits & PressureLimits

const anyNumber = { atOnce: Number.POSITIVE_INFINITY, waiting: 0, waitMs: 0 }

/** For an app that only its own process asks. */
export const fewLimits: AppLimits = { costly: anyNumber, cheap: anyNumber, deadlineMs: 60_000, maxEventLoopDelayMs: 0 }

type LimitVariables = {
  readonly API_COSTLY_AT_ONCE: number
  readonly API_COSTLY_WAITING: number
  readonly API_DEADLINE_MS: number
  readonly API_MAX_EVENT_LOOP_DELAY_MS: number
}

/** A question waits at most half of its deadline, so that the rest is left for the answer. */
export function appLimits(variables: LimitVariables): AppLimits {
  const { API_COSTLY_AT_ONCE: atOnce, API_COSTLY_WAITING: waiting, API_DEADLINE_MS: deadlineMs } = variables
  const waitMs = deadlineMs / 2
  return {
    costly: { atOnce, waiting, waitMs },
    cheap: { atOnce: 32, waiting: 500, waitMs },
    deadlineMs,
    maxEventLoopDelayMs: variables.API_MAX_EVENT_LOOP_DELAY_MS,
  }
}
