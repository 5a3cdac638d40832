import { refuseOtherMethods } from '@headwater/http'
import fp from 'fastify-plugin'

/** For clients that send events to the port of the read API. */
export const whereEventsGo = 'this API is read-only; send events to the gateway (port 8090)'

/** Answers 405 to every method except GET and HEAD, on every path that is registered after this plugin. */
export const getOnly = fp(
  (app, _, done) => {
    app.addHook('onRoute', ({ method, url }) => {
      if (method !== 'GET') return
      const hint = (refused: string) => (refused === 'POST' ? whereEventsGo : undefined)
      refuseOtherMethods(app, { url, allowed: ['GET', 'HEAD'], config: { access: 'none' }, hint })
    })
    done()
  },
  { name: 'get-only' },
)
