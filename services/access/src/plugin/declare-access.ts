import type { FastifyInstance } from 'fastify'
import type { AccessNeed } from '../scope.ts'

/** Sets the required scope of all routes that are registered in `scope` from now on without declaring their own. */
export function declareAccess(scope: FastifyInstance, need: AccessNeed): void {
  scope.addHook('onRoute', (route) => {
    route.config = { access: need, ...route.config }
  })
}
