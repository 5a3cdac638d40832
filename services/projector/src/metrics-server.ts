import { createServer, type Server } from 'node:http'
import type { Registry } from 'prom-client'
import { ProjectorError } from './errors.ts'

/** Serves /metrics, and /livez which answers while the process runs. */
export async function serveMetrics(registry: Registry, host: string, port: number): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0]
    if (path === '/metrics') {
      response.setHeader('content-type', registry.contentType).end(await registry.metrics())
    } else if (path === '/livez') response.end('ok\n')
    else response.writeHead(404).end('Try /metrics\n')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${cause.code})`
      reject(
        new ProjectorError('PORT_TAKEN', `Port ${port} for metrics ${reason}; set PROJECTOR_METRICS_PORT`, {
          cause,
          retryable: false,
        }),
      )
    })
    server.listen(port, host, resolve)
  })
  return server
}
