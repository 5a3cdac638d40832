import type { Socket } from 'node:net'
import type { ConnectionError } from 'fastify'
import { httpProblem } from './http-problems.ts'
import { problemDocument, problemType } from './problem-document.ts'
import type { ProblemError } from './problem-error.ts'

/** Answers requests that Node cannot parse, while the connection can still be written to. */
export const answerClientError =
  (ofConnection: (nodeCode: string) => ProblemError | undefined) =>
  (error: ConnectionError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    const problem = problemDocument(ofConnection(error.code) ?? problemOf(error.code))
    const body = JSON.stringify(problem)
    if (socket.writable) {
      socket.write(
        `HTTP/1.1 ${problem.status} ${problem.title}\r\ncontent-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
      )
    }
    socket.destroySoon()
  }

const problemOf = (nodeCode: string): ProblemError =>
  nodeCode === 'ERR_HTTP_REQUEST_TIMEOUT'
    ? httpProblem('REQUEST_TIMEOUT', 'The request did not arrive in time')
    : httpProblem('MALFORMED_REQUEST', 'The request is not valid HTTP/1.1')
