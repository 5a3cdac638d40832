import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { answerHeaders } from './answer-headers.ts'
import { answerClientError, answerConnect } from './client-error.ts'
import { httpProblem } from './http-problems.ts'
import { problemDocument, problemType } from './problem-document.ts'
import { ProblemError } from './problem-error.ts'

/** The part of error handling that differs between services. */
export type ErrorPolicy = {
  /** The methods that the service answers on any of its paths. */
  readonly methods: readonly string[]
  /** The service's problem for an error of fastify, such as a failed validation; undefined leaves it to the shared handling. */
  readonly ofFastify: (error: FastifyError) => ProblemError | undefined
  /** The service's problem for a request that Node cannot parse, by Node's error code; undefined leaves it to the shared handling. */
  readonly ofConnection: (nodeCode: string) => ProblemError | undefined
  /** Appended to the message of a 404: where to send a request of this method instead. */
  readonly notFoundHint: (method: string) => string
  readonly isLogged: (problem: ProblemError) => boolean
  /** The `Retry-After` of a 503. No other status has it, because clients retry any answer that does. */
  readonly retryAfterSeconds: () => number
}

/** Answers every error with a problem document. Errors are answered only here and in `errorOptions`. */
export const errorHandler = fp<ErrorPolicy>(
  (app, policy, done) => {
    app.setErrorHandler(answerError(policy))
    app.server.on('connect', answerConnect(policy.methods))
    app.setNotFoundHandler((request, reply) => {
      const path = JSON.stringify(request.url.split('?', 1)[0]?.slice(0, 200))
      const detail = `${path} not found; ${policy.notFoundHint(request.method)}`
      sendProblem(httpProblem('ROUTE_NOT_FOUND', detail), { request, reply, policy })
    })
    done()
  },
  { name: 'error-handler' },
)

/** Options of `fastify()` for errors that occur before a request reaches the handler above. */
export const errorOptions = (policy: ErrorPolicy) => ({
  clientErrorHandler: answerClientError(policy.ofConnection, policy.methods),
  frameworkErrors: answerFrameworkError(policy),
})

const answerError =
  (policy: ErrorPolicy) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    sendProblem(problemOf(error, policy), { request, reply, policy })
  }

/** Before any hook has run: the request may still be that of a foreign page. */
const answerFrameworkError =
  (policy: ErrorPolicy) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const refusal = request.server.pageRefusal?.(request)
    sendProblem(refusal ?? problemOf(error, policy), { request, reply, policy })
  }

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly policy: ErrorPolicy }

function sendProblem(problem: ProblemError, { request, reply, policy }: Exchange): void {
  if (policy.isLogged(problem)) {
    request.log.error({ err: problem.cause ?? problem, code: problem.code, url: request.url }, problem.message)
  }
  if (problem.status === 503) reply.header('retry-after', policy.retryAfterSeconds())
  reply.headers(answerHeaders).code(problem.status).type(problemType).send(problemDocument(problem))
}

function problemOf(error: FastifyError | ProblemError, policy: ErrorPolicy): ProblemError {
  if (error instanceof ProblemError) return error
  const problem = policy.ofFastify(error)
  if (problem !== undefined) return problem
  const { statusCode = 500, message } = error
  if (statusCode === 413) return httpProblem('BODY_TOO_LARGE', message)
  if (statusCode >= 400 && statusCode < 500) return httpProblem('MALFORMED_REQUEST', message)
  return httpProblem('INTERNAL', 'The server failed; its log has the cause', {}, error)
}
