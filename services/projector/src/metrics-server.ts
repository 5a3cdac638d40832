import { createServer, type OutgoingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { createGuard, type GuardRules } from '@headwater/http/guard'
import { textWithoutSecrets } from '@headwater/lineage'
import type { Registry } from 'prom-client'
import { ProjectorError } from './errors.ts'

export type MetricsServerOptions = {
  readonly registry: Registry
  readonly host: string
  readonly port: number
  /** Why no records are taken; undefined while they are. */
  readonly problem: () => string | undefined
  /** Which requests of web pages are answered. */
  readonly guard: GuardRules
}

const headers = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
}

/** Serves /metrics; /livez, which answers while the process runs; /readyz, which fails while no records are taken. @throws ProjectorError PORT_TAKEN */
export async function serveMetrics({ registry, host, port, problem, guard }: MetricsServerOptions): Promise<Server> {
  const refusalOf = createGuard(guard)
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0]
    const isProbe = path === '/livez' || path === '/readyz'
    const refusal = isProbe ? undefined : refusalOf(request)
    if (refusal !== undefined) return answer(response, 403, `${refusal.code}: ${refusal.detail}\n`)
    if (path !== '/metrics' && !isProbe) return answer(response, 404, 'Not found. Try /metrics\n')
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return answer(response, 405, 'Only GET and HEAD are allowed\n', { allow: 'GET, HEAD' })
    }
    const reason = path === '/readyz' ? problem() : undefined
    if (reason !== undefined) return answer(response, 503, `${textWithoutSecrets(reason)}\n`, { 'retry-after': '5' })
    if (isProbe) return answer(response, 200, 'ok\n')
    return answer(response, 200, await registry.metrics(), { 'content-type': registry.contentType })
  })
  await listen(server, host, port)
  return server
}

function answer(response: ServerResponse, status: number, text: string, more: OutgoingHttpHeaders = {}): void {
  const type = { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(text) }
  response.writeHead(status, { ...headers, ...type, ...more }).end(text)
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
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
