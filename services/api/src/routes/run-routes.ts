import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { isoOrNull } from '../answers/iso-time.ts'
import { runNotFound } from '../answers/not-found.ts'
import { RunPage, RunsAnswer, runStates } from '../contract/index.ts'
import { oneOf } from '../contract/schema.ts'
import { formatCursor, parseCursor } from '../parameters/cursor.ts'
import { momentOf, momentParameters } from '../parameters/moment-parameters.ts'
import { pageParameters, readQuery, textParameter } from '../parameters/read-query.ts'
import { readResponses } from './read-responses.ts'

export const runRoutes: FastifyPluginCallbackTypebox = (app, _, done) => {
  app.get(
    '/runs/:id',
    {
      schema: {
        operationId: 'getRuns',
        summary: 'Get the runs with one id, which several jobs may share',
        tags: ['runs'],
        params: Type.Object({ id: textParameter('Run id') }),
        querystring: readQuery(momentParameters),
        response: readResponses(RunsAnswer),
      },
    },
    async (request, reply) => {
      const {
        params: { id },
        query,
      } = request
      const moment = momentOf(query, request.horizon)
      const runs = await request.catalog.runs.byId(id, moment)
      if (runs.length === 0) await runNotFound(request.catalog, id, moment)
      return reply.positioned({ runs: runs.slice() })
    },
  )

  app.get(
    '/runs',
    {
      schema: {
        operationId: 'listRuns',
        summary: 'List the runs of one job',
        tags: ['runs'],
        querystring: readQuery({
          namespace: textParameter('Namespace of the job'),
          job: textParameter('Name of the job'),
          state: Type.Optional(oneOf(runStates, 'Only runs in this state')),
          ...momentParameters,
          ...pageParameters,
        }),
        response: readResponses(RunPage),
      },
    },
    async (request, reply) => {
      const {
        query: { namespace, job, state, limit, cursor, ...query },
      } = request
      const page = { limit, after: parseCursor('runs', cursor) }
      const jobKey = { jobNamespace: namespace, jobName: job }
      const { items, next } = await request.catalog.runs.ofJob({
        ...jobKey,
        state,
        moment: momentOf(query, request.horizon),
        ...page,
      })
      const expiredBefore = isoOrNull(request.horizon)
      return reply.positioned({ items: items.slice(), nextCursor: formatCursor('runs', next), expiredBefore })
    },
  )

  done()
}
