import { AccessError } from '@headwater/access'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { ApiError, problems } from '../errors.ts'
import { parameterProblem } from '../parameters/parameter-problem.ts'
import { whereEventsGo } from './get-only.ts'
import { problemOf, problemType } from './problem.ts'

const retryAfterSeconds = 2

/** Every error becomes a problem document here, and nowhere else. */
export const errorHandler = fp(
  (app, _, done) => {
    app.setErrorHandler(answerError)
    app.setNotFoundHandler((request, reply) =>
      sendProblem(
        new ApiError('ROUTE_NOT_FOUND', `There is nothing at ${pathOf(request)}; ${elsewhere(request)}`),
        request,
        reply,
      ),
    )
    done()
  },
  { name: 'error-handler' },
)

const elsewhere = ({ method }: FastifyRequest) => (method === 'POST' ? whereEventsGo : 'see /docs for what there is')

export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(apiErrorOf(error), request, reply)
}

function sendProblem(error: ApiError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status } = problems[error.code]
  if (status >= 500 && error.code !== 'POSITION_NOT_REACHED') {
    request.log.error({ err: error.cause ?? error, code: error.code, url: request.url }, error.message)
  }
  if (status === 503) reply.header('retry-after', retryAfterSeconds)
  return reply
    .code(status)
    .type(problemType)
    .send(problemOf(error.code, error.message, error.facts))
}

function apiErrorOf(error: FastifyError | ApiError): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof AccessError) return new ApiError(error.code, error.message, error.facts, error.cause)
  if (error.validation !== undefined) return parameterProblem(error.validation)
  switch (error.statusCode) {
    case 413:
      return new ApiError('BODY_TOO_LARGE', error.message)
    case 414:
      return new ApiError('URL_TOO_LONG', error.message)
    case 400:
      return new ApiError('MALFORMED_REQUEST', error.message)
    default:
      return new ApiError('INTERNAL', 'Something went wrong here; the log of the server says what', {}, error)
  }
}

const pathOf = ({ url }: FastifyRequest) => JSON.stringify(url.split('?', 1)[0]?.slice(0, 200))
