import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { isoOrNull } from '../answers/iso-time.ts'
import { runNotFound } from '../answers/not-found.ts'
import { RunPage, RunsAnswer, runStates } from '../contract/index.ts'
import { oneOf } from '../contract/schema.ts'
import { jobParameters } from '../parameters/job-parameters.ts'
import { momentOf, momentParameters } from '../parameters/moment-parameters.ts'
import { pageRequest } from '../parameters/page-request.ts'
import { nameParameter, pageParameters, readQuery } from '../parameters/read-query.ts'
import { readResponses } from './read-responses.ts'

export const runRoutes: FastifyPluginCallbackTypebox = (app, _, done) => {
  app.get(
    '/runs/:id',
    {
      schema: {
        operationId: 'getRuns',
        summary: 'Get the runs with one id, which several jobs may share',
        tags: ['runs'],
        params: Type.Object({ id: nameParameter('Run id', '0190d3a1-7c52-7c44-8d2a-3f0f8f1f9c11') }),
        querystring: readQuery(momentParameters),
        response: readResponses(RunsAnswer, { notFound: 'RUN_NOT_FOUND: no event names the run', hasMoment: true }),
      },
    },
    async (request, reply) => {
      const {
        params: { id },
        query,
      } = request
      const moment = momentOf(query, request)
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
          ...jobParameters,
          state: Type.Optional(oneOf(runStates, 'Only runs in this state')),
          ...momentParameters,
          ...pageParameters,
        }),
        response: readResponses(RunPage, { hasMoment: true }),
      },
    },
    async (request, reply) => {
      const { jobNamespace, jobName, state } = request.query
      const { nextCursor, ...page } = pageRequest('runs', request)
      const { items, next } = await request.catalog.runs.ofJob({ jobNamespace, jobName, state, ...page })
      const expiredBefore = isoOrNull(request.horizon)
      return reply.positioned({ items: items.slice(), nextCursor: nextCursor(next), expiredBefore })
    },
  )

  done()
}
