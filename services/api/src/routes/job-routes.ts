import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { jobNotFound } from '../answers/not-found.ts'
import { JobCard, JobPage } from '../contract/index.ts'
import { oneOf } from '../contract/schema.ts'
import { formatCursor, parseCursor } from '../parameters/cursor.ts'
import { momentOf, momentParameters } from '../parameters/moment-parameters.ts'
import { pageParameters, readQuery, textParameter } from '../parameters/read-query.ts'
import { readResponses } from './read-responses.ts'

export const jobRoutes: FastifyPluginCallbackTypebox = (app, _, done) => {
  app.get(
    '/jobs',
    {
      schema: {
        operationId: 'searchJobs',
        summary: 'Search jobs',
        tags: ['runs'],
        querystring: readQuery({
          q: Type.Optional(textParameter('Part of the name, ignoring the case of ASCII letters')),
          namespace: Type.Optional(textParameter('Only jobs of this namespace')),
          children: Type.Optional(
            oneOf(
              ['own', 'all'],
              'all: include jobs that only ran as children of other runs and wrote no asset; own: leave them out (default)',
            ),
          ),
          ...momentParameters,
          ...pageParameters,
        }),
        response: readResponses(JobPage),
      },
    },
    async (request, reply) => {
      const {
        query: { q, namespace, children, limit, cursor, ...query },
      } = request
      const page = { limit, after: parseCursor('jobs', cursor) }
      const { items, next, hidden } = await request.catalog.jobs.list({
        ...{ q, namespace, children: children === 'all', moment: momentOf(query, request.horizon), ...page },
      })
      return reply.positioned({ items: items.slice(), nextCursor: formatCursor('jobs', next), hidden })
    },
  )

  app.get(
    '/job',
    {
      schema: {
        operationId: 'getJob',
        summary: 'Get everything about one job',
        tags: ['runs'],
        querystring: readQuery({
          namespace: textParameter('Namespace of the job'),
          name: textParameter('Name of the job'),
          ...momentParameters,
        }),
        response: readResponses(JobCard),
      },
    },
    async (request, reply) => {
      const {
        query: { namespace, name, ...query },
      } = request
      const job = { jobNamespace: namespace, jobName: name }
      const moment = momentOf(query, request.horizon)
      return reply.positioned(
        (await request.catalog.jobs.card(job, moment)) ?? (await jobNotFound(request.catalog, job, moment)),
      )
    },
  )
  done()
}
