import type { Socket } from 'node:net'
import type { ConnectionError } from 'fastify'
import type { ApiErrorCode } from '../errors.ts'
import { problemOf, problemType } from './problem.ts'

const details: Partial<Record<string, readonly [ApiErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['URL_TOO_LONG', 'The URL and headers must together have at most 16384 bytes'],
  ERR_HTTP_REQUEST_TIMEOUT: ['REQUEST_TIMEOUT', 'The request did not arrive in time'],
}

/** Answers requests that Node cannot even parse, as far as the connection still takes an answer. */
export function answerClientError(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const [code, detail] = details[error.code] ?? ['MALFORMED_REQUEST', 'The request is not HTTP/1.1']
  const problem = problemOf(code, detail)
  const body = JSON.stringify(problem)
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${problem.status} ${problem.title}\r\ncontent-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    )
  }
  socket.destroySoon()
}
