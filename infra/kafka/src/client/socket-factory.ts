import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import type { ISocketFactory } from 'kafkajs'
import { tlsProblem } from '../errors/tls-problem.ts'

const keepAliveMs = 60_000

/**
 * Sockets for kafkajs. Errors of TLS say which variable to check.
 * @param readTls reads the options of TLS, for each connection; undefined connects without TLS
 */
export function createSocketFactory(readTls: (() => ConnectionOptions) | undefined): ISocketFactory {
  return ({ host, port, onConnect }) => {
    const socket =
      readTls === undefined
        ? plainSocket(host, port, onConnect)
        : tlsSocket({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}), ...readTls() }, onConnect)
    return socket.setKeepAlive(true, keepAliveMs)
  }
}

function tlsSocket(options: ConnectionOptions, onConnect: () => void): Socket {
  const socket = connectTls(options, onConnect)
  let isSecure = false
  socket.once('secureConnect', () => {
    isSecure = true
  })
  return socket.prependListener('error', (error: NodeJS.ErrnoException) => {
    const problem = tlsProblem(error, isSecure)
    if (problem !== undefined) error.message = problem
  })
}

const tlsAlert = 0x15

/** A listener with TLS answers a request without it by an alert; read as a record of Kafka it would be 352 MB long. */
function plainSocket(host: string, port: number, onConnect: () => void): Socket {
  const socket = connectPlain({ host, port }, onConnect)
  return socket.once('data', (data) => {
    if (data[0] !== tlsAlert || data[1] !== 3) return
    socket.destroy(Object.assign(new Error('the listener expects TLS: set KAFKA_SSL=true'), { code: 'TLS_EXPECTED' }))
  })
}
