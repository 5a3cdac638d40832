import { createServer, type Server } from 'node:http'
import type { Registry } from 'prom-client'
import { ProjectorError } from './errors.ts'

/** Serves /metrics, and /livez, which answers while the process runs. @throws ProjectorError PORT_TAKEN */
export async function serveMetrics(registry: Registry, host: string, port: number): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0]
    if (path === '/metrics') {
      response.setHeader('content-type', registry.contentType).end(await registry.metrics())
    } else if (path === '/livez') response.end('ok\n')
    else response.writeHead(404).end('Not found. Try /metrics\n')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${cause.code})`
      reject(
        new ProjectorError('PORT_TAKEN', `Metrics port ${port} ${reason}. Set PROJECTOR_METRICS_PORT to another port`, {
          cause,
          retryable: false,
        }),
      )
    })
    server.listen(port, host, resolve)
  })
  return server
}
