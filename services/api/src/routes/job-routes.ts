import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { jobNotFound } from '../answers/not-found.ts'
import { JobCard, JobPage } from '../contract/index.ts'
import { oneOf } from '../contract/schema.ts'
import { jobParameters } from '../parameters/job-parameters.ts'
import { momentOf, momentParameters } from '../parameters/moment-parameters.ts'
import { pageRequest } from '../parameters/page-request.ts'
import { nameParameter, pageParameters, readQuery } from '../parameters/read-query.ts'
import { readResponses } from './read-responses.ts'

export const jobRoutes: FastifyPluginCallbackTypebox = (app, _, done) => {
  app.get(
    '/jobs',
    {
      config: { cost: 'costly' },
      schema: {
        operationId: 'searchJobs',
        summary: 'Search jobs',
        tags: ['runs'],
        querystring: readQuery({
          q: Type.Optional(nameParameter('Part of the name, ignoring the case of ASCII letters', 'load')),
          jobNamespace: Type.Optional(nameParameter('Only jobs of this namespace', 'shop')),
          children: Type.Optional(
            oneOf(
              ['own', 'all'],
              'all: include jobs that only ran as children of other runs and wrote no asset; own: leave them out (default)',
            ),
          ),
          ...momentParameters,
          ...pageParameters,
        }),
        response: readResponses(JobPage, { hasMoment: true }),
      },
    },
    async (request, reply) => {
      const { q, jobNamespace: namespace, children } = request.query
      const { nextCursor, ...page } = pageRequest('jobs', request)
      const filter = { q, namespace, children: children === 'all' }
      const { items, next, hidden } = await request.catalog.jobs.list({ ...filter, ...page })
      return reply.positioned({ items: items.slice(), nextCursor: nextCursor(next), hidden })
    },
  )

  app.get(
    '/job',
    {
      schema: {
        operationId: 'getJob',
        summary: 'Get everything about one job',
        tags: ['runs'],
        querystring: readQuery({ ...jobParameters, ...momentParameters }),
        response: readResponses(JobCard, {
          notFound: 'JOB_NOT_FOUND: no event names the job; `didYouMean` lists similar jobs',
          hasMoment: true,
        }),
      },
    },
    async (request, reply) => {
      const {
        query: { jobNamespace, jobName, ...query },
      } = request
      const job = { jobNamespace, jobName }
      const moment = momentOf(query, request)
      return reply.positioned(
        (await request.catalog.jobs.card(job, moment)) ?? (await jobNotFound(request.catalog, job, moment)),
      )
    },
  )
  done()
}
