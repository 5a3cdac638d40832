import type { Position } from '@headwater/kafka'
import { GatewayError } from './errors.ts'

/** An event of a batch that was not stored. */
export type FailedEvent = { readonly index: number; readonly error: GatewayError }

export type BatchOutcome = {
  readonly received: number
  readonly positions: readonly Position[]
  readonly failed: readonly FailedEvent[]
}

/** Stores each of the values by itself: one that cannot be does not hold up the others. */
export async function ingestBatch(
  values: readonly unknown[],
  ingest: (value: unknown) => Promise<readonly Position[]>,
): Promise<BatchOutcome> {
  const results = await Promise.allSettled(values.map(async (value) => ingest(value)))
  const positions: Position[] = []
  const failed: FailedEvent[] = []
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') positions.push(...result.value)
    else if (result.reason instanceof GatewayError) failed.push({ index, error: result.reason })
    else throw result.reason
  }
  return { received: values.length, positions, failed }
}
