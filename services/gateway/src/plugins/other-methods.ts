import fp from 'fastify-plugin'
import { GatewayError } from '../errors.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Answers 405 to every method that the given paths do not have, and says what to do. */
export const otherMethods = fp<{ readonly allowed: Readonly<Record<string, readonly string[]>> }>(
  (app, { allowed }, done) => {
    for (const [url, some] of Object.entries(allowed)) {
      app.route({
        method: methods.filter((method) => !some.includes(method)),
        url,
        config: { access: 'none' },
        handler: async (request, reply) => {
          reply.header('allow', some.join(', '))
          const detail = `${request.method} is not possible at ${url}: ${some.join(' or ')} is. Answers to questions are given by the read API`
          throw new GatewayError('METHOD_NOT_ALLOWED', detail)
        },
      })
    }
    done()
  },
  { name: 'other-methods' },
)
