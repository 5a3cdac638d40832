import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'

// Holds: a port that `freePort` returned belongs to this process until it ends. The claim is a UDP socket on the same number, which
// the system frees however the process ends. Ports lie below those that systems give to outgoing connections and to `listen(0)`
// (from 32768 on Linux, from 49152 on macOS and Windows), so nothing else takes one by chance before it is listened on.

const firstPort = 16_000
const lastPort = 31_999
const claims: Socket[] = []

/** A TCP port that nobody listens on, and that no other call in any process of this machine returns while this process lives. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const count = lastPort - firstPort + 1
  const start = Math.floor(Math.random() * count)
  for (let step = 0; step < count; step++) {
    const port = firstPort + ((start + step) % count)
    const claim = await claimOf(port)
    if (claim === undefined) continue
    if (await canListen(port, host)) {
      claims.push(claim)
      return port
    }
    claim.close()
  }
  throw new RangeError(`No free port between ${firstPort} and ${lastPort}`)
}

/** A socket that keeps other processes from claiming the port; undefined where it is claimed already. */
async function claimOf(port: number): Promise<Socket | undefined> {
  const socket = createSocket('udp4').unref()
  try {
    socket.bind({ port, address: '127.0.0.1', exclusive: true })
    await once(socket, 'listening')
    return socket
  } catch {
    socket.close()
    return undefined
  }
}

/** Whether nobody listens on the port. */
export async function canListen(port: number, host: string): Promise<boolean> {
  const server = createServer()
  try {
    await once(server.listen(port, host), 'listening')
    return true
  } catch {
    return false
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}
