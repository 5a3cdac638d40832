import type { ConsumerStatus } from '@headwater/kafka'
import { textWithoutSecrets } from '@headwater/lineage'
import type { FastifyPluginCallback } from 'fastify'
import type { Registry } from 'prom-client'
import { GatewayError } from '../errors.ts'
import { livez, metrics, readyz } from '../openapi/operations.ts'
import type { TopicGaps } from '../topic/topic-gaps.ts'

export type OperationOptions = {
  readonly registry: Registry
  /** Why the gateway is not ready to accept events; undefined when it is. */
  readonly problem: () => Promise<string | undefined>
  /** What the consumer of the OpenLineage topic does; undefined without one. */
  readonly consumer: OpenLineageConsumer | undefined
}

/** What the consumer of the OpenLineage topic does, and what it could not read. */
export type OpenLineageConsumer = { readonly status: ConsumerStatus; readonly gaps: TopicGaps }

function shown({ status, gaps: { topic, now } }: OpenLineageConsumer) {
  const { state, since, reason } = status.now
  return {
    state,
    since: since.toISOString(),
    ...(reason === undefined ? {} : { reason: textWithoutSecrets(reason) }),
    missingRecords: now.missingRecords,
    gaps: now.gaps.slice(-shownGaps).map((gap) => ({ topic, ...gap })),
  }
}

const shownGaps = 20

export const operationRoutes: FastifyPluginCallback<OperationOptions> = (
  app,
  { registry, problem, consumer },
  done,
) => {
  app.get('/livez', { config: { access: 'none', operation: livez } }, async () => ({ status: 'ok' }))
  app.get('/readyz', { config: { access: 'none', operation: readyz } }, async () => {
    const reason = await problem()
    if (reason !== undefined) throw new GatewayError('NOT_READY', reason)
    return { status: 'ok', ...(consumer === undefined ? {} : { openLineageTopic: shown(consumer) }) }
  })
  app.get('/metrics', { config: { access: 'none', operation: metrics } }, async (_, reply) => {
    reply.type(registry.contentType)
    return registry.metrics()
  })
  done()
}
