import { setTimeout } from 'node:timers/promises'

/**
 * Waits for `work` and sends heartbeats meanwhile, so that a consumer stays a member of its group.
 * @throws what `work` or a heartbeat throws; after a failed heartbeat, `work` goes on and its result is ignored
 */
export async function heartbeatWhile<T>(
  work: Promise<T>,
  heartbeat: () => Promise<void>,
  intervalMs = 1_000,
): Promise<T> {
  work.catch(() => undefined)
  const late = Symbol('late')
  for (;;) {
    const first = await Promise.race([work, setTimeout(intervalMs, late, { ref: false })])
    if (first !== late) return first as T
    await heartbeat()
  }
}
