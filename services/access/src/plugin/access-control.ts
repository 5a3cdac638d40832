import type { FastifyReply, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { Registry } from 'prom-client'
import type { Access } from '../access.ts'
import { AccessError } from '../access-error.ts'
import type { Principal } from '../principal.ts'
import type { AccessNeed } from '../scope.ts'
import { createAccessMetrics } from './access-metrics.ts'
import { admit } from './admit.ts'

// Holds: while access is guarded, no handler runs and no body is read before the request is authenticated and has the scope of the
// route; a route that declares no scope is closed. Credentials are read from the Authorization header only.

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope that the route requires. */
    access?: AccessNeed
  }
  interface FastifyRequest {
    /** The sender; undefined on routes that require no scope, and while access is open. */
    principal: Principal | undefined
  }
  interface FastifyReply {
    /** Counts a refusal that a handler has decided, and sets its headers. @returns the error, to be thrown */
    refused(error: AccessError): AccessError
  }
  interface FastifyInstance {
    /** Every route with the scope that it requires; undefined for a closed route. */
    routeAccess(): readonly RouteAccess[]
  }
}

export type RouteAccess = { readonly method: string; readonly url: string; readonly need: AccessNeed | undefined }

export type AccessControlOptions = {
  readonly access: Access
  readonly registry?: Registry
  /** Paths that require no scope besides /livez and /readyz, e.g. /metrics. */
  readonly open?: readonly string[]
}

const alwaysOpen = ['/livez', '/readyz']
const retryAfterSeconds = 5

/**
 * Authenticates every request. A refusal is thrown as AccessError, with its headers set; the error handler of the service answers it.
 * Register this plugin before the routes.
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
    const metrics = access.kind === 'open' ? undefined : createAccessMetrics(registry)
    app.decorateReply('refused', function refused(this: FastifyReply, error: AccessError) {
      metrics?.refused(error.reason)
      setHeaders(error, this)
      return error
    })
    if (access.kind === 'open') return done()
    app.addHook('onRequest', async (request, reply) => {
      const { config, url } = request.routeOptions
      const need = needOf(url, config.access)
      if (need === 'none' || request.is404) return
      try {
        request.principal = await admit(access, request.headers.authorization, need)
        if (need !== undefined) metrics?.granted(request.principal, need)
      } catch (error) {
        throw error instanceof AccessError ? reply.refused(error) : error
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

const realm = 'Bearer realm="headwater"'

/** The WWW-Authenticate header of a refusal (RFC 6750); undefined if no other credential would help. */
function challengeOf({ code, reason, facts }: AccessError): string | undefined {
  if (code === 'ACCESS_UNAVAILABLE' || reason === 'undeclared_route' || reason === 'outside_binding') return undefined
  if (reason === 'no_credentials') return realm
  if (code === 'UNAUTHENTICATED') return `${realm}, error="invalid_token"`
  return `${realm}, error="insufficient_scope", scope="${facts.required}"`
}
