import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { BodyBudget } from './body-budget.ts'
import { parseJson } from './parse-json.ts'
import { readBody } from './read-body.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The value of the body, whatever its Content-Type says it is. @throws GatewayError */
    json(): Promise<unknown>
  }
}

export type JsonBodyOptions = {
  /** Of one body, decompressed. */
  readonly maxBodyBytes: number
  /** Of all bodies that are being received or decompressed. */
  readonly maxBodiesBytes: number
}

/** Reads bodies as clients send them: fastify would go by their Content-Type, which is often missing or wrong. */
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
