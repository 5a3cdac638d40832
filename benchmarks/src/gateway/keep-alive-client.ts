import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type Answer = { readonly status: number; readonly head: string; readonly bytes: number }

/**
 * One connection with one request on its way at a time. It reads no more of HTTP than the servers measured here speak, so that it costs
 * a small part of what they do.
 */
export class KeepAliveClient {
  readonly #socket: Socket
  #received = ''
  #settle: { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void } | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true).setEncoding('latin1')
    socket.on('data', (part: string) => this.#take(part))
    socket.on('error', (error) => this.#settle?.reject(error))
    socket.on('close', () => this.#settle?.reject(new Error('The connection was closed before the answer')))
  }

  static async connect(url: URL): Promise<KeepAliveClient> {
    const socket = connect(Number(url.port), url.hostname)
    await once(socket, 'connect')
    return new KeepAliveClient(socket)
  }

  send(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#settle = undefined
    this.#socket.destroy()
  }

  #take(part: string): void {
    this.#received += part
    const end = this.#received.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#received.slice(0, end)
    const bytes = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0)
    if (this.#received.length < end + 4 + bytes) return
    this.#received = ''
    this.#settle?.resolve({ status: Number(head.slice(9, 12)), head, bytes })
  }
}
