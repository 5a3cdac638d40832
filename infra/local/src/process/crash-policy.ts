/** When a process that ended unasked is started again, and when that is given up. */
export type CrashPolicy = {
  readonly firstDelayMs: number
  readonly maxDelayMs: number
  /** A run of at least this long makes the crashes before it count no more. */
  readonly healthyAfterMs: number
  /** So many crashes in a row are too many. */
  readonly maxCrashes: number
}

export const defaultCrashPolicy: CrashPolicy = {
  firstDelayMs: 100,
  maxDelayMs: 5_000,
  healthyAfterMs: 20_000,
  maxCrashes: 5,
}

export type CrashVerdict =
  | { readonly kind: 'restart'; readonly crashes: number; readonly delayMs: number }
  | { readonly kind: 'give up'; readonly crashes: number }

/** @param before crashes in a row before this one @param uptimeMs how long the process ran until it crashed */
export function judgeCrash(policy: CrashPolicy, before: number, uptimeMs: number): CrashVerdict {
  const crashes = uptimeMs >= policy.healthyAfterMs ? 1 : before + 1
  if (crashes >= policy.maxCrashes) return { kind: 'give up', crashes }
  return { kind: 'restart', crashes, delayMs: Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (crashes - 1)) }
}
