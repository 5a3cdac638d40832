import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { ConnectionError } from 'fastify'
import { answerHeaders } from './answer-headers.ts'
import { httpProblem } from './http-problems.ts'
import { problemDocument, problemType } from './problem-document.ts'
import type { ProblemError } from './problem-error.ts'

/** Answers requests that Node cannot parse, while the connection can still be written to. `methods` are those of the service. */
export const answerClientError =
  (ofConnection: (nodeCode: string) => ProblemError | undefined, methods: readonly string[]) =>
  (error: ConnectionError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    if (error.code === 'HPE_INVALID_METHOD' && startsLikeRequest(error.rawPacket)) refuseMethod(socket, methods)
    else endWith(socket, ofConnection(error.code) ?? problemOf(error.code))
  }

/** Answers 405 to CONNECT, for which Node emits an event of its own. */
export const answerConnect =
  (methods: readonly string[]) =>
  (_: IncomingMessage, socket: Socket): void => {
    socket.on('error', () => undefined) // the client may be gone
    refuseMethod(socket, methods)
  }

function refuseMethod(socket: Socket, methods: readonly string[]): void {
  const allowed = methods.join(', ')
  endWith(socket, httpProblem('METHOD_NOT_ALLOWED', `The method is not allowed; allowed: ${allowed}`), {
    allow: allowed,
  })
}

function endWith(socket: Socket, problem: ProblemError, more: Readonly<Record<string, string>> = {}): void {
  const body = JSON.stringify(problemDocument(problem))
  const headers = {
    ...{ ...answerHeaders, ...more, 'content-type': problemType },
    ...{ 'content-length': Buffer.byteLength(body), connection: 'close' },
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  if (socket.writable) socket.write(`HTTP/1.1 ${problem.status} ${problem.title}\r\n${lines.join('')}\r\n${body}`)
  socket.destroySoon()
}

/** Whether the bytes are a request with a method that Node does not know, in contrast to those that are not HTTP. */
const startsLikeRequest = (bytes: unknown): boolean =>
  Buffer.isBuffer(bytes) && /^[A-Za-z][\w-]* \S+ HTTP\/1\.[01]\r?\n/.test(bytes.toString('latin1'))

const problemOf = (nodeCode: string): ProblemError =>
  nodeCode === 'ERR_HTTP_REQUEST_TIMEOUT'
    ? httpProblem('REQUEST_TIMEOUT', 'The request did not arrive in time')
    : httpProblem('MALFORMED_REQUEST', 'The request is not valid HTTP/1.1')
