import type { Position } from '@headwater/kafka'
import type { FastifyReply } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { Ingest } from '../events/ingest.ts'
import { ingestBatch } from '../events/ingest-batch.ts'
import { batchAnswer } from './batch-answer.ts'
import { positionHeader } from './position-header.ts'

// The queue in front of the log takes twice as many, and an answer that names each of them stays small.
const mostEvents = 10_000

/** Stores one event and answers 201. @throws GatewayError */
export async function answerOne(value: unknown, ingest: Ingest, reply: FastifyReply): Promise<FastifyReply> {
  return answerStored(reply, 201, await ingest(value))
}

/**
 * Stores the events of an array and answers `stored` when all are, or 200 with which are not. When the log takes none of them now, the
 * answer is 503 as for one event, so that clients send all of them again.
 * @throws GatewayError
 */
export async function answerBatch(
  values: readonly unknown[],
  ingest: Ingest,
  reply: FastifyReply,
  stored: 201 | 204,
): Promise<FastifyReply> {
  if (values.length > mostEvents) {
    const detail = `The array has ${values.length} events; send at most ${mostEvents} at once. None of them is stored`
    throw new GatewayError('BATCH_TOO_LARGE', detail, { events: values.length, maxEvents: mostEvents })
  }
  const outcome = await ingestBatch(values, ingest)
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
