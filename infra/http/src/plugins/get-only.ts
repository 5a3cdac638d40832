import type { FastifyContextConfig } from 'fastify'
import fp from 'fastify-plugin'
import { refuseOtherMethods } from '../refuse-other-methods.ts'

export type GetOnlyOptions = {
  /** The configuration of the refusing routes, such as their required scope. */
  readonly config: FastifyContextConfig
  /** Appended to the message: where to send a request of this method instead. */
  readonly hint: (method: string) => string | undefined
}

/** Answers 405 to every method except GET and HEAD, on every path for GET that is registered after this plugin. */
export const getOnly = fp<GetOnlyOptions>(
  (app, { config, hint }, done) => {
    app.addHook('onRoute', ({ method, url }) => {
      if (method === 'GET') refuseOtherMethods(app, { url, allowed: ['GET', 'HEAD'], config, hint })
    })
    done()
  },
  { name: 'get-only' },
)
