import fp from 'fastify-plugin'
import type { Metrics } from '../metrics.ts'

/** Times every request, by the template of its route. */
export const requestMetrics = fp<{ readonly metrics: Metrics }>(
  (app, { metrics }, done) => {
    app.addHook('onResponse', (request, reply, next) => {
      metrics.answered(request.routeOptions.url ?? 'none', request.method, reply.statusCode, reply.elapsedTime)
      next()
    })
    done()
  },
  { name: 'request-metrics' },
)
