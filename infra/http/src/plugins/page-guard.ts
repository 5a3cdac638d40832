import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Counter, type Registry } from 'prom-client'
import { createGuard } from '../guard/create-guard.ts'
import type { GuardRules } from '../guard/guard-rules.ts'
import { httpProblem } from '../http-problems.ts'
import type { ProblemError } from '../problem-error.ts'

// Holds: before anything else looks at a request, and whatever its path and method are, a request of a foreign web page that would
// be answered without authentication is refused. Exempt are the probes, which reveal nothing and are sent to addresses of pods.

declare module 'fastify' {
  interface FastifyInstance {
    /** The problem of a request that comes from a page of another site; for requests that fail before the hooks. */
    pageRefusal?: (request: FastifyRequest) => ProblemError | undefined
  }
}

export type PageGuardOptions = {
  readonly rules: GuardRules
  /** Whether a request would be answered although nobody authenticates its sender. */
  readonly isAnonymous: (request: FastifyRequest) => boolean
  readonly registry: Registry
}

const probes: readonly (string | undefined)[] = ['/livez', '/readyz']
const codes = ['HOST_NOT_ALLOWED', 'ORIGIN_NOT_ALLOWED'] as const

/** Refuses requests that come from web pages of other sites. Register it before every other plugin with hooks. */
export const pageGuard = fp<PageGuardOptions>(
  (app, options, done) => {
    const refusalOf = createPageGuard(options, app.log)
    app.decorate('pageRefusal', refusalOf)
    app.addHook('onRequest', (request, _, next) => next(refusalOf(request)))
    done()
  },
  { name: 'page-guard' },
)

/** Decides about requests, counts refusals by code, and logs one of them now and then. */
function createPageGuard({ rules, isAnonymous, registry }: PageGuardOptions, log: FastifyBaseLogger) {
  const refusalOf = createGuard(rules)
  const warn = warnNowAndThen(log)
  const refused = new Counter({
    name: 'headwater_http_refused_total',
    help: 'Requests of web pages of other sites that were refused, by problem code',
    labelNames: ['code'],
    registers: [registry],
  })
  for (const code of codes) refused.inc({ code }, 0)
  return (request: FastifyRequest): ProblemError | undefined => {
    const refusal = refusalOf(request.raw)
    if (refusal === undefined || probes.includes(request.routeOptions.url) || !isAnonymous(request)) return undefined
    refused.inc({ code: refusal.code })
    warn(refusal.detail)
    return httpProblem(refusal.code, refusal.detail)
  }
}

const quietMs = 60_000

/** A page can send thousands of requests, so at most one line a minute is written. */
function warnNowAndThen(log: FastifyBaseLogger): (detail: string) => void {
  let quietUntil = 0
  return (detail) => {
    const now = performance.now()
    if (now < quietUntil) return
    quietUntil = now + quietMs
    log.warn(`Refused a request: ${detail}; further ones of this minute are counted in headwater_http_refused_total`)
  }
}
