import type { FastifyRequest } from 'fastify'
import type { Access } from '../access.ts'

/** Whether a request would be answered although nobody authenticates its sender. */
export const isAnonymous =
  (access: Access) =>
  ({ headers, routeOptions }: FastifyRequest): boolean =>
    access.kind === 'open' ||
    (access.anonymousRead && headers.authorization === undefined && routeOptions.config.access === 'read')
