import swagger from '@fastify/swagger'
import type { Access } from '@headwater/access'
import fp from 'fastify-plugin'
import * as contract from '../contract/index.ts'

const description = `Headwater's read API: where an asset comes from, what is made from it, and whether it is healthy.
Every answer of 200 names the position of the log it is true at, and how far behind it may be, in the body and in the headers
Headwater-Position and Headwater-Lag-Ms. Errors are problem documents (RFC 9457); branch on their code.`

const bearer = {
  type: 'http',
  scheme: 'bearer',
  description: 'An API key, or a token of the identity provider, with the scope read; where access is on',
} as const

/** Makes the OpenAPI document of the routes that are registered after it. */
export const openapi = fp<{ readonly access: Access }>(
  async (app, { access }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Headwater', version: '1', description },
        components: { securitySchemes: { bearer } },
        ...(access.kind === 'open' ? {} : { security: access.anonymousRead ? [{}, { bearer: [] }] : [{ bearer: [] }] }),
        tags: [
          { name: 'assets', description: 'What is produced and read' },
          { name: 'lineage', description: 'What is made from what' },
          { name: 'runs', description: 'What ran' },
          { name: 'operations', description: 'For those who run it' },
        ],
      },
      refResolver: { buildLocalReference: (schema, _uri, _fragment, index) => String(schema['$id'] ?? `def-${index}`) },
    })
    for (const schema of Object.values(contract)) if ('$id' in schema) app.addSchema(schema)
  },
  { name: 'openapi' },
)
