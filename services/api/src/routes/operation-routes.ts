import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { Type } from 'typebox'
import type { CatalogStore } from '../catalog/catalog.ts'
import { ApiError } from '../errors.ts'
import { underAnyPressure } from '../plugins/pressure.ts'
import { problem } from './read-responses.ts'

export type OperationOptions = { readonly store: CatalogStore; readonly registry: Registry }

const probeTimeoutMs = 5_000

const pressureReasons = ({ isUnderPressure }: FastifyInstance): readonly string[] =>
  isUnderPressure?.() === true ? ['The event loop is late, or the memory nearly full'] : []

export const operationRoutes: FastifyPluginCallbackTypebox<OperationOptions> = (app, { store, registry }, done) => {
  const ok = Type.Object({ status: Type.Literal('ok') }, { description: 'OK' })
  app.get(
    '/livez',
    {
      schema: { summary: 'Liveness: the process answers', tags: ['operations'], security: [], response: { 200: ok } },
      config: underAnyPressure,
    },
    async () => ({ status: 'ok' as const }),
  )
  app.get(
    '/readyz',
    {
      schema: {
        summary: 'Readiness: ClickHouse answers and has all tables, and the process keeps up',
        tags: ['operations'],
        security: [],
        response: { 200: ok, 503: problem('NOT_READY: `reasons` lists what is missing; STORE_UNAVAILABLE') },
      },
      config: underAnyPressure,
    },
    async () => {
      const reasons = [...(await store.problems(AbortSignal.timeout(probeTimeoutMs))), ...pressureReasons(app)]
      if (reasons.length > 0) throw new ApiError('NOT_READY', reasons.join('; '), { reasons })
      return { status: 'ok' as const }
    },
  )
  app.get(
    '/metrics',
    {
      schema: {
        summary: 'Prometheus metrics',
        tags: ['operations'],
        security: [],
        response: {
          200: {
            description: 'Text format of Prometheus',
            content: { [registry.contentType]: { schema: Type.String() } },
          },
        },
      },
      config: underAnyPressure,
    },
    async (_, reply) => {
      reply.type(registry.contentType)
      return registry.metrics()
    },
  )
  done()
}
