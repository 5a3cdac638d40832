import fp from 'fastify-plugin'
import { Histogram, type Registry } from 'prom-client'

const bucketSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export type RequestMetricsOptions = {
  readonly registry: Registry
  /** The name of the histogram. */
  readonly name: string
  /** The upper limit of the largest bucket. */
  readonly maxSeconds: number
}

/** Measures the duration of every request by the template of its route. */
export const requestMetrics = fp<RequestMetricsOptions>(
  (app, { registry, name, maxSeconds }, done) => {
    const duration = new Histogram({
      name,
      help: 'Time from the first byte of a request to the last of its answer',
      labelNames: ['route', 'method', 'status'],
      buckets: bucketSeconds.filter((seconds) => seconds <= maxSeconds),
      registers: [registry],
    })
    app.addHook('onResponse', (request, reply, next) => {
      const route = request.routeOptions.url ?? 'none'
      duration.observe({ route, method: request.method, status: reply.statusCode }, reply.elapsedTime / 1_000)
      next()
    })
    done()
  },
  { name: 'request-metrics' },
)
