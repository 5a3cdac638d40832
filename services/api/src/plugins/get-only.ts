import fp from 'fastify-plugin'
import { ApiError } from '../errors.ts'

/** Who sends events to the read API has the wrong port. */
export const whereEventsGo = 'this API only reads, events go to the gateway (port 8090)'

const otherMethods = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Answers 405 to other methods than GET and HEAD on every path that is registered after this plugin. */
export const getOnly = fp(
  (app, _, done) => {
    app.addHook('onRoute', ({ method, url }) => {
      if (method !== 'GET') return
      app.route({
        method: otherMethods,
        url,
        schema: { hide: true },
        config: { access: 'none' },
        onRequest: async (request, reply) => {
          reply.header('allow', 'GET, HEAD')
          const hint = request.method === 'POST' ? `: ${whereEventsGo}` : ''
          const detail = `${request.method} is not possible here; allowed are GET and HEAD${hint}`
          throw new ApiError('METHOD_NOT_ALLOWED', detail)
        },
        handler: () => undefined,
      })
    })
    done()
  },
  { name: 'get-only' },
)
