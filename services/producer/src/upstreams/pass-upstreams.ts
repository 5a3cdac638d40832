import type { Frame } from '../runs/frame.ts'

/**
 * Tells the frame around a finished call what the call made or was made from. A materialized function has read it only
 * when it got something back: calling one that returns nothing (an audit log, say) is not reading.
 */
export function handUp(outer: Frame | undefined, result: unknown, keys: readonly string[]): void {
  if (outer === undefined || (outer.kind === 'materialize' && result === undefined)) return
  for (const key of keys) outer.upstreams.add(key)
}
