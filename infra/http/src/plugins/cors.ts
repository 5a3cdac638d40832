import fastifyCors, { type FastifyCorsOptions } from '@fastify/cors'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

export type CorsOptions = {
  /** Exact origins, or `*`. */
  readonly origins: readonly string[]
  /** The methods that pages may send. */
  readonly methods: readonly string[]
}

const maxAgeSeconds = 600
const allowedHeaders = ['Authorization', 'Content-Type', 'Content-Encoding']
const exposedHeaders = ['Headwater-Position', 'Headwater-Lag-Ms', 'Retry-After']

/**
 * Lets pages of the given origins read answers, errors included, and answers their preflights, which carry no credential. All other
 * requests, OPTIONS that are no preflight included, go on as without this plugin.
 */
export const cors = fp<CorsOptions>(
  async (app, { origins, methods }) => {
    if (origins.length === 0) return
    const shared = {
      origin: origins.includes('*') ? '*' : [...origins],
      ...{ methods: [...methods], allowedHeaders, exposedHeaders, maxAge: maxAgeSeconds },
    }
    const isAllowed = (origin: string | undefined): origin is string =>
      origin !== undefined && (origins.includes('*') || origins.includes(origin))
    const optionsOf = ({ headers }: FastifyRequest): FastifyCorsOptions => {
      if (!isAllowed(headers.origin)) return { origin: false }
      return { ...shared, preflight: headers['access-control-request-method'] !== undefined }
    }
    await app.register(fastifyCors, { delegator: (request, done) => done(null, optionsOf(request)) })
  },
  { name: 'cors-of-configured-origins' },
)
