import type { Access } from '@headwater/access'
import * as http from '@headwater/http'
import fp from 'fastify-plugin'
import * as contract from '../contract/index.ts'

const description = `Headwater's read API: where an asset comes from, what is made from it, and whether it is healthy.
Every answer of 200 names the position of the log it is true at, and how far behind it may be, in the body and in the headers
Headwater-Position and Headwater-Lag-Ms. Errors are problem documents (RFC 9457); branch on their code.`

/** Makes the OpenAPI document and its page, of the routes that are registered after it. */
export const openapi = fp<{ readonly access: Access }>(
  async (app, { access }) => {
    await app.register(http.openapi, {
      ...{ title: 'Headwater', description, scope: 'the scope `read`', hasPage: true },
      tags: [
        { name: 'assets', description: 'What is produced and read' },
        { name: 'lineage', description: 'What is made from what' },
        { name: 'runs', description: 'What ran' },
        { name: 'operations', description: 'For those who run it' },
      ],
      security: securityOf(access),
      transforms: {
        refResolver: {
          buildLocalReference: (schema, _uri, _fragment, index) => String(schema['$id'] ?? `def-${index}`),
        },
      },
    })
    for (const schema of Object.values(contract)) if ('$id' in schema) app.addSchema(schema)
  },
  { name: 'read-api-document' },
)

function securityOf(access: Access): Record<string, string[]>[] | undefined {
  if (access.kind === 'open') return undefined
  return access.anonymousRead ? [{}, { bearer: [] }] : [{ bearer: [] }]
}
