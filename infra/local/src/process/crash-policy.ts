/** When a process that crashed is restarted: always, after a while that grows. */
export type CrashPolicy = {
  readonly firstDelayMs: number
  readonly maxDelayMs: number
  /** After it was ready for at least this long, earlier crashes no longer count. */
  readonly healthyAfterMs: number
  /** So many crashes in a row will not pass by themselves: somebody has to look. */
  readonly failingAfter: number
}

export const defaultCrashPolicy: CrashPolicy = {
  firstDelayMs: 100,
  maxDelayMs: 60_000,
  healthyAfterMs: 20_000,
  failingAfter: 5,
}

export type CrashVerdict = { readonly crashes: number; readonly delayMs: number; readonly isFailing: boolean }

/** @param before crashes in a row before this one @param readyMs how long the process was ready until it crashed */
export function judgeCrash(policy: CrashPolicy, before: number, readyMs: number): CrashVerdict {
  const crashes = readyMs >= policy.healthyAfterMs ? 1 : before + 1
  const delayMs = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (crashes - 1))
  return { crashes, delayMs, isFailing: crashes >= policy.failingAfter }
}
