import fp from 'fastify-plugin'
import { Histogram, type Registry } from 'prom-client'

/** Times every request, by the template of its route. */
export const requestMetrics = fp<{ readonly registry: Registry }>(
  (app, { registry }, done) => {
    const duration = new Histogram({
      name: 'headwater_api_request_duration_seconds',
      help: 'Time from the first byte of a request to the last of its answer',
      labelNames: ['route', 'method', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    })
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none'
      duration.observe({ route, method: request.method, status: reply.statusCode }, reply.elapsedTime / 1000)
    })
    done()
  },
  { name: 'request-metrics' },
)
