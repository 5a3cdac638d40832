import type { FastifyPluginCallback } from 'fastify'
import { invalidEvent } from '../errors.ts'
import type { Ingest } from '../events/ingest.ts'
import { sendOpenLineage, sendOpenLineageBatch } from '../openapi/operations.ts'
import { answerBatch, answerOne } from './ingest-answer.ts'

/** Accepts OpenLineage events: one, or an array. */
export const lineageRoutes: FastifyPluginCallback<{ readonly ingest: Ingest }> = (app, { ingest }, done) => {
  app.post('/api/v1/lineage', { config: { access: 'ingest', operation: sendOpenLineage } }, async (request, reply) => {
    const value = await request.json()
    return Array.isArray(value) ? answerBatch(value, ingest, reply, 204) : answerOne(value, ingest, reply)
  })
  app.post(
    '/api/v1/lineage/batch',
    { config: { access: 'ingest', operation: sendOpenLineageBatch } },
    async (request, reply) => {
      const value = await request.json()
      if (!Array.isArray(value)) throw invalidEvent([{ pointer: '', detail: 'Expected an array of events' }])
      return answerBatch(value, ingest, reply, 204)
    },
  )
  done()
}
