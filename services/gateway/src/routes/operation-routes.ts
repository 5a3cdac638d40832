import type { FastifyPluginCallback } from 'fastify'
import type { Registry } from 'prom-client'
import { GatewayError } from '../errors.ts'
import { livez, metrics, readyz } from '../openapi/operations.ts'

export type OperationOptions = {
  readonly registry: Registry
  /** Why the gateway is not ready to accept events; undefined when it is. */
  readonly problem: () => Promise<string | undefined>
}

export const operationRoutes: FastifyPluginCallback<OperationOptions> = (app, { registry, problem }, done) => {
  app.get('/livez', { config: { access: 'none', operation: livez } }, async () => ({ status: 'ok' }))
  app.get('/readyz', { config: { access: 'none', operation: readyz } }, async () => {
    const reason = await problem()
    if (reason !== undefined) throw new GatewayError('NOT_READY', reason)
    return { status: 'ok' }
  })
  app.get('/metrics', { config: { access: 'none', operation: metrics } }, async (_, reply) => {
    reply.type(registry.contentType)
    return registry.metrics()
  })
  done()
}
