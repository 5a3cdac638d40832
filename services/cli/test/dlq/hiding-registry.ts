import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A schema registry that forwards to another one, and hides the ids in `hidden`. */
export async function startHidingRegistry(behind: string) {
  const hidden = new Set<number>()
  const { pathname } = new URL(behind)
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(pathname.length)
    const id = Number(/^\/schemas\/ids\/(\d+)/.exec(path)?.[1])
    if (hidden.has(id)) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error_code":40403,"message":"not found"}')
      return
    }
    fetch(`${behind}${path}`).then(
      async (answer) => {
        const type = answer.headers.get('content-type') ?? 'application/json'
        response.writeHead(answer.status, { 'content-type': type }).end(await answer.text())
      },
      () => response.writeHead(502).end(),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${pathname}`,
    hidden,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
