import type { Frame } from '../runs/frame.ts'

/**
 * Adds the upstreams of a finished call to the frame around it. A materialized function reads what it called only where the call returned
 * something: a call that returns nothing (e.g. an audit log) is not a read.
 */
export function passUpstreams(outer: Frame | undefined, result: unknown, keys: readonly string[]): void {
  if (outer === undefined || (outer.kind === 'materialize' && result === undefined)) return
  for (const key of keys) outer.upstreams.add(key)
}
