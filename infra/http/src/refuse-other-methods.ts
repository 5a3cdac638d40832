import { METHODS } from 'node:http'
import type { FastifyContextConfig, FastifyInstance, HTTPMethods } from 'fastify'
import { httpProblem } from './http-problems.ts'

/** All that Node can parse, except CONNECT, which is not about a path. */
const methods = METHODS.filter((method) => method !== 'CONNECT')

export type RefuseOptions = {
  readonly url: string
  readonly allowed: readonly HTTPMethods[]
  /** The configuration of the route, such as its required scope. */
  readonly config: FastifyContextConfig
  /** Appended to the message: where to send a request of this method instead. */
  readonly hint: (method: string) => string | undefined
}

/** Answers 405 with `Allow` to every method that a path does not support, also to those that fastify does not know, such as PROPFIND. */
export function refuseOtherMethods(app: FastifyInstance, { url, allowed, config, hint }: RefuseOptions): void {
  for (const method of methods.filter((each) => !app.supportedMethods.includes(each))) app.addHttpMethod(method)
  app.route({
    method: methods.filter((method) => !allowed.includes(method)),
    url,
    schema: { hide: true },
    config,
    onRequest: async ({ method }, reply) => {
      reply.header('allow', allowed.join(', '))
      const where = hint(method)
      const detail = `${method} is not allowed here; allowed: ${allowed.join(', ')}`
      throw httpProblem('METHOD_NOT_ALLOWED', where === undefined ? detail : `${detail}; ${where}`)
    },
    handler: () => undefined,
  })
}
