import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { type TlsPeer, tlsCodeOf, tlsProblem } from '@headwater/config'
import type { ISocketFactory } from 'kafkajs'

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
    const peer = brokerAt(`${options.host}:${options.port}`)
    const problem = error.code === 'ECONNRESET' && !isSecure ? closedEarly(peer) : tlsProblem(error, peer)
    if (problem !== undefined) Object.assign(error, { message: problem, code: tlsCodeOf(error) })
  })
}

const brokerAt = (address: string): TlsPeer => ({
  name: `broker ${address}`,
  variables: 'KAFKA',
  otherName: "use a name of the certificate in KAFKA_BROKERS and in the broker's advertised.listeners",
  withoutTls: 'unset KAFKA_SSL and KAFKA_TLS_*, or use the port of the TLS listener in KAFKA_BROKERS',
})

const closedEarly = ({ name, withoutTls }: TlsPeer): string =>
  `${name} closed the connection in the TLS handshake. Perhaps it does not speak TLS: ${withoutTls}`

const tlsAlert = 0x15

/** A listener with TLS answers a request without it by an alert; read as a record of Kafka it would be 352 MB long. */
function plainSocket(host: string, port: number, onConnect: () => void): Socket {
  const socket = connectPlain({ host, port }, onConnect)
  return socket.once('data', (data) => {
    if (data[0] !== tlsAlert || data[1] !== 3) return
    socket.destroy(
      Object.assign(new Error(`broker ${host}:${port} expects TLS: set KAFKA_SSL=true`), { code: 'TLS_EXPECTED' }),
    )
  })
}
