import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { type Access, accessControl, declareAccess, openAccess } from '@headwater/access'
import { errorHandler, errorOptions, requestMetrics } from '@headwater/http'
import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify'
import { Registry } from 'prom-client'
import type { AssetCatalog } from './catalog/asset-catalog.ts'
import { errorPolicy } from './plugins/error-policy.ts'
import { getOnly } from './plugins/get-only.ts'
import { logPosition } from './plugins/log-position.ts'
import { openapi } from './plugins/openapi.ts'
import { storableText } from './plugins/storable-text.ts'
import { aliasRoutes } from './routes/alias-routes.ts'
import { assetRoutes } from './routes/asset-routes.ts'
import { columnRoutes } from './routes/column-routes.ts'
import { jobRoutes } from './routes/job-routes.ts'
import { lineageRoutes } from './routes/lineage-routes.ts'
import { operationRoutes } from './routes/operation-routes.ts'
import { runRoutes } from './routes/run-routes.ts'

export type AppOptions = {
  readonly catalog: AssetCatalog
  readonly registry?: Registry
  /** Who may ask; everybody when it is not given. */
  readonly access?: Access
  readonly logger?: NonNullable<FastifyServerOptions['loggerInstance']>
  /** Epoch milliseconds. */
  readonly now?: () => number
}

/** The read API, ready to be asked or to listen. */
export async function buildApp({
  catalog,
  registry = new Registry(),
  access = openAccess,
  logger,
  now = Date.now,
}: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }), // at volume, metrics tell more
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 8_192 },
    ...errorOptions(errorPolicy),
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: true, verbose: true } },
  }).withTypeProvider<TypeBoxTypeProvider>()

  await app.register(errorHandler, errorPolicy)
  await app.register(requestMetrics, { registry, name: 'headwater_api_request_duration_seconds', maxSeconds: 10 })
  await app.register(accessControl, { access, registry, open: ['/metrics', '/openapi.json', '/docs'] })
  await app.register(getOnly) // before the plugin below, whose routes are to answer GET alone as well
  await app.register(openapi, { access })
  await app.register(operationRoutes, { catalog, registry })
  await app.register(
    async (reads) => {
      declareAccess(reads, 'read')
      await reads.register(storableText)
      await reads.register(logPosition, { catalog, now })
      await reads.register(assetRoutes)
      await reads.register(aliasRoutes)
      await reads.register(lineageRoutes, { now })
      await reads.register(columnRoutes)
      await reads.register(runRoutes)
      await reads.register(jobRoutes)
    },
    { prefix: '/api/v1' },
  )
  return app
}
