/** When a process that crashed is restarted, and after how many crashes it is not. */
export type CrashPolicy = {
  readonly firstDelayMs: number
  readonly maxDelayMs: number
  /** After a run of at least this long, earlier crashes no longer count. */
  readonly healthyAfterMs: number
  /** Crashes in a row after which it is not restarted. */
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
