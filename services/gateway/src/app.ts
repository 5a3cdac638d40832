import type { Server } from 'node:http'
import { type Access, accessControl, isAnonymous, openAccess } from '@headwater/access'
import {
  browserSafety,
  closeIdle,
  errorHandler,
  errorOptions,
  getOnly,
  refuseOtherMethods,
  requestMetrics,
  start,
} from '@headwater/http'
import { type GuardRules, ownPagesOnly } from '@headwater/http/guard'
import type { PartitionRules } from '@headwater/lineage'
import {
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyServerOptions,
  fastify,
  LogController,
} from 'fastify'
import { jsonBody } from './body/json-body.ts'
import { createIngest } from './events/ingest.ts'
import { nativeEventOf } from './events/native-event.ts'
import { openLineageEventsOf } from './events/open-lineage-events.ts'
import type { EventLog } from './log/event-log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { errorPolicy } from './plugins/error-policy.ts'
import { openapi } from './plugins/openapi.ts'
import { startContent } from './plugins/start-content.ts'
import { aliasRoutes } from './routes/alias-routes.ts'
import { canonicalUrl } from './routes/canonical-url.ts'
import { eventRoutes } from './routes/event-routes.ts'
import { lineageRoutes } from './routes/lineage-routes.ts'
import { type OpenLineageConsumer, operationRoutes } from './routes/operation-routes.ts'

export type AppOptions = {
  readonly log: EventLog
  /** Why the gateway is not ready to accept events; undefined when it is. */
  readonly problem?: () => Promise<string | undefined>
  /** What the consumer of the OpenLineage topic does; undefined without one. Requests do not depend on it. */
  readonly consumer?: OpenLineageConsumer | undefined
  readonly metrics?: Metrics
  readonly access?: Access
  /** Which requests of web pages are answered; by default only those of pages of this server, under names of this machine. */
  readonly guard?: GuardRules
  /** Key prefixes under which partitions are trimmed from the key. */
  readonly trim?: PartitionRules
  readonly logger?: NonNullable<FastifyServerOptions['loggerInstance']>
  /** Epoch milliseconds. */
  readonly now?: () => number
  /** The limit for one decompressed body. */
  readonly maxBodyBytes?: number
  /** The limit for all bodies together that are being received or decompressed. */
  readonly maxBodiesBytes?: number
  /** The time in which a request must arrive completely. */
  readonly requestTimeoutMs?: number
}

/** `*` answers OPTIONS that are no preflight. */
const openPaths = ['/', '/favicon.ico', '/metrics', '/openapi.json', '/docs', '*']

const whereToSend = (method: string) =>
  method === 'POST' ? 'send events to /api/v1/lineage or /api/v1/events' : undefined

const allowedMethods = [
  ['/api/v1/lineage', ['POST']],
  ['/api/v1/lineage/batch', ['POST']],
  ['/api/v1/events', ['POST']],
  ['/api/v1/aliases', ['POST', 'DELETE']],
] as const

/** Builds the gateway, ready for `inject` or `listen`. */
export async function buildApp({
  log,
  problem = async () => undefined,
  consumer,
  metrics = createMetrics(),
  access = openAccess,
  guard = ownPagesOnly,
  trim = [],
  logger,
  now = Date.now,
  maxBodyBytes = 16 << 20,
  maxBodiesBytes = 64 << 20,
  requestTimeoutMs = 30_000,
}: AppOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify(serverOptions(requestTimeoutMs, logger))
  await app.register(closeIdle)
  await app.register(errorHandler, errorPolicy)
  const { registry } = metrics
  const { methods } = errorPolicy
  await app.register(browserSafety, { rules: guard, isAnonymous: isAnonymous(access), registry, methods })
  await app.register(requestMetrics, { registry, name: 'headwater_gateway_request_duration_seconds', maxSeconds: 5 })
  await app.register(jsonBody, { maxBodyBytes, maxBodiesBytes })
  await app.register(accessControl, { access, registry, open: openPaths })
  await app.register(getOnly, { config: { access: 'none' }, hint: whereToSend })
  await app.register(start, { content: startContent })
  await app.register(openapi, { access })
  await app.register(operationRoutes, { registry, problem, consumer })
  refuseUnsupportedMethods(app)
  const openLineage = (value: unknown) => openLineageEventsOf(value, { trim })
  const native = (value: unknown) => [nativeEventOf(value, now())]
  const onBug = (error: Error) => app.log.error({ err: error }, 'Failed to read an event')
  const shared = { log, metrics, onBug }
  await app.register(lineageRoutes, { ingest: createIngest({ source: 'openlineage', read: openLineage, ...shared }) })
  await app.register(eventRoutes, { ingest: createIngest({ source: 'native', read: native, ...shared }) })
  await app.register(aliasRoutes, { log, now, trim })
  return app
}

const serverOptions = (requestTimeoutMs: number, logger: AppOptions['logger']): FastifyHttpOptions<Server> => ({
  ...(logger === undefined ? {} : { loggerInstance: logger }),
  logController: new LogController({ disableRequestLogging: true }), // at this volume, metrics replace request logs
  rewriteUrl: ({ url = '/' }) => canonicalUrl(url),
  requestTimeout: requestTimeoutMs,
  http: { headersTimeout: requestTimeoutMs, connectionsCheckingInterval: Math.min(1_000, requestTimeoutMs / 2) },
  return503OnClosing: false, // a request that arrives while the server closes is still stored
  ...errorOptions(errorPolicy),
})

function refuseUnsupportedMethods(app: FastifyInstance): void {
  const hint = () => 'query lineage at the read API (port 8080)'
  for (const [url, allowed] of allowedMethods) {
    refuseOtherMethods(app, { url, allowed, config: { access: 'none' }, hint })
  }
}
