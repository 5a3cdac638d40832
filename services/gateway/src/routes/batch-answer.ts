import type { BatchOutcome } from '../events/ingest-batch.ts'

/** The answer to a batch with failures, as OpenLineage.yml defines it for POST /lineage/batch. */
export function batchAnswer({ received, failed }: BatchOutcome) {
  const retriable = failed.filter(({ error }) => error.retryable).length
  return {
    status: failed.length === 0 ? 'success' : 'partial_success',
    summary: {
      received,
      successful: received - failed.length,
      failed: failed.length,
      retriable,
      non_retriable: failed.length - retriable,
    },
    failed_events: failed.map(({ index, error }) => ({
      index,
      reason: `${error.code}: ${error.message}`,
      retriable: error.retryable,
    })),
  }
}
