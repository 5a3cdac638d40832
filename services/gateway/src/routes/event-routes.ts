import type { FastifyPluginCallback } from 'fastify'
import type { Ingest } from '../events/ingest.ts'
import { sendEvents } from '../openapi/operations.ts'
import { answerBatch, answerOne } from './ingest-answer.ts'

/** Accepts native events in the format of `headwater emit`: one, or an array. */
export const eventRoutes: FastifyPluginCallback<{ readonly ingest: Ingest }> = (app, { ingest }, done) => {
  app.post('/api/v1/events', { config: { access: 'ingest', operation: sendEvents } }, async (request, reply) => {
    const value = await request.json()
    return Array.isArray(value) ? answerBatch(value, ingest, reply, 201) : answerOne(value, ingest, reply)
  })
  done()
}
