import { setImmediate as others } from 'node:timers/promises'
import type { Position } from '@headwater/kafka'
import { GatewayError } from '../errors.ts'

/** An event of a batch that was not stored. */
export type FailedEvent = { readonly index: number; readonly error: GatewayError }

export type BatchOutcome = {
  readonly received: number
  readonly positions: readonly Position[]
  readonly failed: readonly FailedEvent[]
}

/** How long events are read in one go before other requests have their turn. */
const turnMs = 20

/** Stores each of the values by itself: one that cannot be does not hold up the others. */
export async function ingestBatch(
  values: readonly unknown[],
  ingest: (value: unknown) => Promise<readonly Position[]>,
): Promise<BatchOutcome> {
  const begun: Promise<readonly Position[]>[] = []
  let turnEnds = performance.now() + turnMs
  for (const value of values) {
    const stored = ingest(value)
    stored.catch(() => undefined) // looked at below, when all have begun
    begun.push(stored)
    if (performance.now() < turnEnds) continue
    await others()
    turnEnds = performance.now() + turnMs
  }
  const results = await Promise.allSettled(begun)
  const positions: Position[] = []
  const failed: FailedEvent[] = []
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') positions.push(...result.value)
    else if (result.reason instanceof GatewayError) failed.push({ index, error: result.reason })
    else throw result.reason
  }
  return { received: values.length, positions, failed }
}
