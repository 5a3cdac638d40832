import { AccessError } from '@headwater/access'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { GatewayError, problems } from '../errors.ts'
import { problemOf, problemType } from '../problem.ts'

/** Every error becomes a problem document here, and nowhere else. Only a 503 says Retry-After: clients repeat whatever says it. */
export const errorHandler = fp(
  (app, _, done) => {
    app.setErrorHandler(answerError)
    app.setNotFoundHandler((request, reply) => {
      const path = JSON.stringify(request.url.split('?', 1)[0]?.slice(0, 200))
      const detail = `There is nothing at ${path}; send OpenLineage events to /api/v1/lineage, others to /api/v1/events`
      return sendProblem(new GatewayError('ROUTE_NOT_FOUND', detail), request, reply)
    })
    done()
  },
  { name: 'error-handler' },
)

export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(gatewayErrorOf(error), request, reply)
}

function sendProblem(error: GatewayError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status } = problems[error.code]
  if (status === 500) request.log.error({ err: error.cause ?? error, url: request.url }, error.message)
  if (status === 503) reply.header('retry-after', Math.random() < 0.5 ? 1 : 2) // so that not all come back at once
  return reply.code(status).type(problemType).send(problemOf(error))
}

function gatewayErrorOf(error: FastifyError | GatewayError): GatewayError {
  if (error instanceof GatewayError) return error
  if (error instanceof AccessError) return new GatewayError(error.code, error.message, error.facts, error.cause)
  const { statusCode } = error
  if (statusCode === 414) return new GatewayError('HEADERS_TOO_LARGE', error.message)
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new GatewayError('MALFORMED_REQUEST', error.message)
  return new GatewayError('INTERNAL', 'Something went wrong here; the log of the gateway says what', {}, error)
}
