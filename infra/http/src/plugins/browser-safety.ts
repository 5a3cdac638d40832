import fp from 'fastify-plugin'
import { answerHeaders } from '../answer-headers.ts'
import { cors } from './cors.ts'
import { type PageGuardOptions, pageGuard } from './page-guard.ts'

export type BrowserSafetyOptions = PageGuardOptions & {
  /** The methods that pages of the configured origins may send. */
  readonly methods: readonly string[]
}

/**
 * What a server beside a browser needs: headers that limit what a page can do with an answer, CORS for configured origins, and the
 * refusal of every other foreign page. Register it before every other plugin with hooks. CORS comes before the refusal, so that a page
 * of a configured origin can read why a request was refused.
 */
export const browserSafety = fp<BrowserSafetyOptions>(
  async (app, { methods, ...guard }) => {
    app.addHook('onRequest', (_, reply, next) => {
      reply.headers(answerHeaders)
      next()
    })
    await app.register(cors, { origins: guard.rules.corsOrigins, methods })
    await app.register(pageGuard, guard)
  },
  { name: 'browser-safety' },
)
