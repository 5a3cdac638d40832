import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { type Access, accessControl, declareAccess, isAnonymous, openAccess } from '@headwater/access'
import {
  browserSafety,
  closeIdle,
  compression,
  errorHandler,
  errorOptions,
  getOnly,
  requestMetrics,
  start,
} from '@headwater/http'
import { type GuardRules, ownPagesOnly } from '@headwater/http/guard'
import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify'
import { Registry } from 'prom-client'
import type { CatalogStore } from './catalog/catalog.ts'
import { type AppLimits, fewLimits } from './load/limits.ts'
import { ajvFormats } from './parameters/text-formats.ts'
import { errorPolicy, whereEventsGo } from './plugins/error-policy.ts'
import { logPosition } from './plugins/log-position.ts'
import { openapi } from './plugins/openapi.ts'
import { pressure } from './plugins/pressure.ts'
import { serializersOnce } from './plugins/serializers-once.ts'
import { startContent } from './plugins/start-content.ts'
import { aliasRoutes } from './routes/alias-routes.ts'
import { assetRoutes } from './routes/asset-routes.ts'
import { columnRoutes } from './routes/column-routes.ts'
import { diffRoutes } from './routes/diff-routes.ts'
import { jobRoutes } from './routes/job-routes.ts'
import { lineageRoutes } from './routes/lineage-routes.ts'
import { operationRoutes } from './routes/operation-routes.ts'
import { pathRoutes } from './routes/path-routes.ts'
import { runRoutes } from './routes/run-routes.ts'

export type AppOptions = {
  readonly store: CatalogStore
  readonly registry?: Registry
  /** Who may read; everybody by default. */
  readonly access?: Access
  /** Which requests of web pages are answered; by default only those of pages of this server, under names of this machine. */
  readonly guard?: GuardRules
  readonly logger?: NonNullable<FastifyServerOptions['loggerInstance']>
  /** Without them only a long deadline holds. */
  readonly limits?: AppLimits
  /** Epoch milliseconds. */
  readonly now?: () => number
}

/** `*` answers OPTIONS that are no preflight. */
const openPaths = ['/', '/favicon.ico', '/metrics', '/openapi.json', '/docs', '*']

/** The read API. The caller makes it listen, or injects requests. */
export async function buildApp({
  store,
  registry = new Registry(),
  access = openAccess,
  guard = ownPagesOnly,
  logger,
  limits = fewLimits,
  now = Date.now,
}: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }), // metrics replace a log line per request
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 8_192 },
    ...errorOptions(errorPolicy),
    schemaController: { compilersFactory: { buildSerializer: serializersOnce } },
    ajv: {
      customOptions: {
        removeAdditional: false,
        coerceTypes: true,
        allErrors: true,
        verbose: true,
        formats: ajvFormats,
      },
    },
  }).withTypeProvider<TypeBoxTypeProvider>()

  await app.register(errorHandler, errorPolicy)
  await app.register(closeIdle)
  const { methods } = errorPolicy
  await app.register(browserSafety, { rules: guard, isAnonymous: isAnonymous(access), registry, methods })
  await app.register(requestMetrics, { registry, name: 'headwater_api_request_duration_seconds', maxSeconds: 10 })
  await app.register(accessControl, { access, registry, open: openPaths })
  await app.register(pressure, limits)
  await app.register(compression)
  await app.register(getOnly, {
    config: { access: 'none' },
    hint: (refused) => (refused === 'POST' ? whereEventsGo : undefined),
  }) // before the routes
  await app.register(start, { content: startContent })
  await app.register(openapi, { access })
  await app.register(operationRoutes, { store, registry })
  await app.register(
    async (reads) => {
      declareAccess(reads, 'read')
      await reads.register(logPosition, { store, now, limits, registry })
      await reads.register(assetRoutes)
      await reads.register(aliasRoutes)
      await reads.register(lineageRoutes)
      await reads.register(pathRoutes)
      await reads.register(diffRoutes)
      await reads.register(columnRoutes)
      await reads.register(runRoutes)
      await reads.register(jobRoutes)
    },
    { prefix: '/api/v1' },
  )
  return app
}
