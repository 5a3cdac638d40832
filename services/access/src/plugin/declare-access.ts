import type { FastifyInstance } from 'fastify'
import type { AccessNeed } from '../scope.ts'

/** Says what the routes of `scope` need that are registered from now on and do not say it themselves. */
export function declareAccess(scope: FastifyInstance, need: AccessNeed): void {
  scope.addHook('onRoute', (route) => {
    route.config = { access: need, ...route.config }
  })
}
