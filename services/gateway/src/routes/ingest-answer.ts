import { AccessError } from '@headwater/access'
import { shownDetail } from '@headwater/http'
import type { Position } from '@headwater/kafka'
import type { FastifyReply } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { Ingest } from '../events/ingest.ts'
import { type BatchOutcome, ingestBatch } from '../events/ingest-batch.ts'
import { positionHeader } from './position-header.ts'

// Half of what the queue in front of the log holds, and few enough that an answer can list every failure.
const maxEvents = 10_000

/** Stores one event and answers 201. @throws GatewayError, AccessError */
export async function answerOne(value: unknown, ingest: Ingest, reply: FastifyReply): Promise<FastifyReply> {
  const { principal } = reply.request
  const positions = await ingest(value, { principal }).catch((error: unknown) => {
    throw error instanceof AccessError ? reply.refused(error) : error
  })
  return answerStored(reply, 201, positions)
}

/**
 * Stores the events of an array. Answers `stored` if all are stored, and 200 with the list of failures if some are not. If all failed
 * and can be retried, the answer is 503 as for a single event, so that clients retry the whole batch.
 * @throws GatewayError
 */
export async function answerBatch(
  values: readonly unknown[],
  ingest: Ingest,
  reply: FastifyReply,
  stored: 201 | 204,
): Promise<FastifyReply> {
  if (values.length > maxEvents) {
    const detail = `The array has ${values.length} events, the limit is ${maxEvents}; nothing was stored. Send fewer events per request`
    throw new GatewayError('BATCH_TOO_LARGE', detail, { events: values.length, maxEvents })
  }
  const origin = { principal: reply.request.principal }
  const outcome = await ingestBatch(values, (value) => ingest(value, origin))
  const { failed, received } = outcome
  const [first] = failed
  if (first === undefined) return answerStored(reply, stored, outcome.positions)
  if (failed.length === received && failed.every(({ error }) => error.retryable)) throw first.error
  return withPosition(reply.code(200), outcome.positions).send(batchAnswer(outcome))
}

export const answerStored = (reply: FastifyReply, status: 201 | 204, positions: readonly Position[]): FastifyReply =>
  withPosition(reply.code(status), positions).send()

const withPosition = (reply: FastifyReply, positions: readonly Position[]): FastifyReply =>
  positions.length === 0 ? reply : reply.header('headwater-position', positionHeader(positions))

/** The answer to a batch with failures, as OpenLineage.yml defines it for POST /lineage/batch. */
function batchAnswer({ received, failed }: BatchOutcome) {
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
      reason: shownDetail(`${error.code}: ${error.message}`),
      retriable: error.retryable,
    })),
  }
}
