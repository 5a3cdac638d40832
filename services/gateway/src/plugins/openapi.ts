import type { Access } from '@headwater/access'
import * as http from '@headwater/http'
import type { FastifySchema } from 'fastify'
import fp from 'fastify-plugin'
import { components } from '../openapi/components.ts'

const description = `Headwater's gateway accepts events over HTTP. A 2xx answer means that every replica of the log has stored them. Errors are problem
documents (RFC 9457); branch on their code. Request bodies may be compressed with gzip, deflate or br.`

/**
 * Makes the OpenAPI document from the `operation` in the configuration of each route that is registered after it; routes without one are
 * left out. The document is for readers only: it neither validates requests nor serializes answers.
 */
export const openapi = fp<{ readonly access: Access }>(
  async (app, { access }) => {
    await app.register(http.openapi, {
      ...{ title: 'Headwater gateway', description, scope: 'the scope that the operation names' },
      tags: [
        { name: 'events', description: 'Report events' },
        { name: 'aliases', description: 'Declare that two keys identify one asset' },
        { name: 'operations', description: 'Health and metrics' },
      ],
      transforms: {
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
      },
    })
  },
  { name: 'gateway-document' },
)
