import swagger from '@fastify/swagger'
import type { Access } from '@headwater/access'
import type { FastifySchema } from 'fastify'
import fp from 'fastify-plugin'
import { components } from '../openapi/components.ts'

const description = `Headwater's gateway: takes events over HTTP. 2xx says that every replica of the log has them. Errors are problem documents
(RFC 9457); branch on their code. Bodies may be compressed with gzip, deflate or br.`

const bearer = {
  type: 'http',
  scheme: 'bearer',
  description: 'An API key, or a token of the identity provider, with the scope that is named; where access is on',
} as const

/**
 * Makes the OpenAPI document of the routes that are registered after it, from the `operation` of their configuration. Routes without one
 * are not in it. Nothing of it is used to read requests or to write answers.
 */
export const openapi = fp<{ readonly access: Access }>(
  async (app, { access }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Headwater gateway', version: '1', description },
        components: { securitySchemes: { bearer } },
        tags: [
          { name: 'events', description: 'What happened' },
          { name: 'aliases', description: 'Which keys mean one asset' },
          { name: 'operations', description: 'For those who run it' },
        ],
      },
      transform: ({ url, route: { config } }) => {
        const { operation, access: need } = config ?? {}
        if (operation === undefined) return { schema: { hide: true }, url }
        const security = access.kind === 'open' || need === 'none' || need === undefined ? [] : [{ bearer: [need] }]
        return { schema: { ...operation, security } as FastifySchema, url }
      },
      transformObject: (document) => {
        if (!('openapiObject' in document)) return document.swaggerObject
        const { openapiObject } = document
        return {
          ...openapiObject,
          components: { ...openapiObject.components, schemas: components },
        } as typeof openapiObject
      },
    })
    app.get('/openapi.json', { config: { access: 'none' } }, async () => app.swagger())
  },
  { name: 'openapi' },
)
