import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { BodyBudget } from './body-budget.ts'
import { parseJson } from './parse-json.ts'
import { readBody } from './read-body.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Parses the body as JSON whatever its Content-Type. @throws GatewayError */
    json(): Promise<unknown>
  }
}

export type JsonBodyOptions = {
  /** The limit for one decompressed body. */
  readonly maxBodyBytes: number
  /** The limit for all bodies together that are being received or decompressed. */
  readonly maxBodiesBytes: number
}

/** Reads bodies without fastify's parsers, which choose by Content-Type: clients often send none, or a wrong one. */
export const jsonBody = fp<JsonBodyOptions>(
  (app, { maxBodyBytes, maxBodiesBytes }, done) => {
    const budget = new BodyBudget(maxBodiesBytes)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
      app.addHttpMethod(method, { hasBody: false, overrideExisting: true })
    app.decorateRequest('json', async function json(this: FastifyRequest) {
      return parseJson(await readBody(this.raw, maxBodyBytes, budget))
    })
    done()
  },
  { name: 'json-body' },
)
