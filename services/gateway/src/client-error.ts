import type { Socket } from 'node:net'
import type { ConnectionError } from 'fastify'
import { GatewayError } from './errors.ts'
import { problemOf, problemType } from './problem.ts'

/** Answers requests that Node cannot even parse, as far as the connection still takes an answer. */
export function answerClientError(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const problem = problemOf(gatewayErrorOf(error.code))
  const body = JSON.stringify(problem)
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${problem.status} ${problem.title}\r\ncontent-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    )
  }
  socket.destroySoon()
}

function gatewayErrorOf(code: string): GatewayError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new GatewayError('HEADERS_TOO_LARGE', 'The URL and headers must together have at most 16384 bytes')
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new GatewayError('BODY_TOO_LARGE', 'The extensions of a chunk have more than 16384 bytes')
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new GatewayError('REQUEST_TIMEOUT', 'The request did not arrive in time')
    default:
      return new GatewayError('MALFORMED_REQUEST', 'The request is not HTTP/1.1')
  }
}
