import { setImmediate as yieldToOtherRequests } from 'node:timers/promises'
import { AccessError } from '@headwater/access'
import type { Position } from '@headwater/kafka'
import { GatewayError } from '../errors.ts'

/** An event of a batch that was not stored, by its index in the batch. */
export type FailedEvent = { readonly index: number; readonly error: GatewayError | AccessError }

export type BatchOutcome = {
  readonly received: number
  readonly positions: readonly Position[]
  readonly failed: readonly FailedEvent[]
}

/** How long a batch may block the event loop before other requests proceed. */
const turnMs = 20

/**
 * Ingests each value on its own: an invalid one does not affect the rest of the batch. Once a value failed for the time being (the log is
 * unavailable or overloaded), later turns fail too: stored before the retry of that value, they would change the order.
 */
export async function ingestBatch(
  values: readonly unknown[],
  ingest: (value: unknown) => Promise<readonly Position[]>,
): Promise<BatchOutcome> {
  const started: Promise<readonly Position[]>[] = []
  let unavailable: GatewayError | undefined
  let turnEnds = performance.now() + turnMs
  for (const value of values) {
    const stored = unavailable === undefined ? ingest(value) : Promise.reject(unavailable)
    // Awaited below, once all have started.
    stored.catch((error: unknown) => {
      if (error instanceof GatewayError && error.retryable) unavailable ??= error
    })
    started.push(stored)
    if (performance.now() < turnEnds) continue
    await yieldToOtherRequests()
    turnEnds = performance.now() + turnMs
  }
  const results = await Promise.allSettled(started)
  const positions: Position[] = []
  const failed: FailedEvent[] = []
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') positions.push(...result.value)
    else if (result.reason instanceof GatewayError || result.reason instanceof AccessError)
      failed.push({ index, error: result.reason })
    else throw result.reason
  }
  return { received: values.length, positions, failed }
}
