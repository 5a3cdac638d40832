import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { Registry } from 'prom-client'
import { Type } from 'typebox'
import type { CatalogStore } from '../catalog/catalog.ts'
import { ApiError } from '../errors.ts'

export type OperationOptions = { readonly store: CatalogStore; readonly registry: Registry }

export const operationRoutes: FastifyPluginCallbackTypebox<OperationOptions> = (app, { store, registry }, done) => {
  const ok = { 200: Type.Object({ status: Type.Literal('ok') }, { description: 'OK' }) }
  app.get(
    '/livez',
    { schema: { summary: 'Liveness: the process answers', tags: ['operations'], security: [], response: ok } },
    async () => ({ status: 'ok' as const }),
  )
  app.get(
    '/readyz',
    {
      schema: {
        summary: 'Readiness: ClickHouse answers, and has all tables',
        tags: ['operations'],
        security: [],
        response: ok,
      },
    },
    async () => {
      const reasons = await store.problems()
      if (reasons.length > 0) throw new ApiError('NOT_READY', reasons.join('; '), { reasons })
      return { status: 'ok' as const }
    },
  )
  app.get(
    '/metrics',
    { schema: { summary: 'Prometheus metrics', tags: ['operations'], security: [] } },
    async (_, reply) => {
      reply.type(registry.contentType)
      return registry.metrics()
    },
  )
  done()
}
