import type { FastifyReply, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { Registry } from 'prom-client'
import type { Access } from '../access.ts'
import { AccessError } from '../access-error.ts'
import type { Principal } from '../principal.ts'
import type { AccessNeed } from '../scope.ts'
import { createAccessMetrics } from './access-metrics.ts'
import { admit } from './admit.ts'
import { challengeOf } from './challenge.ts'

// Holds: while access is guarded, no handler runs and no body is read before the sender is known and may do what the route needs;
// a route that does not say what it needs is closed. Credentials are taken from the Authorization header only.

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route needs of its callers. */
    access?: AccessNeed
  }
  interface FastifyRequest {
    /** Who sends it; undefined on routes that need nothing, and while access is open. */
    principal: Principal | undefined
  }
  interface FastifyInstance {
    /** Every route with what it needs; undefined is closed. */
    routeAccess(): readonly RouteAccess[]
  }
}

export type RouteAccess = { readonly method: string; readonly url: string; readonly need: AccessNeed | undefined }

export type AccessControlOptions = {
  readonly access: Access
  readonly registry?: Registry
  /** Paths that need nothing besides /livez and /readyz, e.g. /metrics. */
  readonly open?: readonly string[]
}

const alwaysOpen = ['/livez', '/readyz']
const retryAfterSeconds = 5

/**
 * Asks every request who sends it. A refusal is thrown as AccessError with its headers set; the service's error handler makes the
 * problem document. Register it before the routes.
 */
export const accessControl = fp<AccessControlOptions>(
  (app, { access, registry = new Registry(), open = [] }, done) => {
    const openPaths = new Set([...alwaysOpen, ...open])
    const needOf = (url: string | undefined, declared: AccessNeed | undefined) =>
      declared ?? (openPaths.has(url ?? '') ? 'none' : undefined)
    const routes: RouteOptions[] = []
    app.addHook('onRoute', (route) => void routes.push(route))
    app.decorate('routeAccess', () =>
      routes.flatMap(({ method, url, config }) =>
        [method].flat().map((each) => ({ method: each, url, need: needOf(url, config?.access) })),
      ),
    )
    app.decorateRequest('principal', undefined)
    if (access.kind === 'open') return done()
    const metrics = createAccessMetrics(registry)
    app.addHook('onRequest', async (request, reply) => {
      const { config, url } = request.routeOptions
      const need = needOf(url, config.access)
      if (need === 'none' || request.is404) return
      try {
        request.principal = await admit(access, request.headers.authorization, need)
        if (need !== undefined) metrics.granted(request.principal, need)
      } catch (error) {
        if (error instanceof AccessError) {
          metrics.refused(error.reason)
          setHeaders(error, reply)
        }
        throw error
      }
    })
    app.addHook('onClose', async () => access.close())
    done()
  },
  { name: 'access-control' },
)

function setHeaders(error: AccessError, reply: FastifyReply): void {
  const challenge = challengeOf(error)
  if (challenge !== undefined) reply.header('www-authenticate', challenge)
  if (error.retryable) reply.header('retry-after', retryAfterSeconds)
}
