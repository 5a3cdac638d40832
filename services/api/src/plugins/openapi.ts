import type { Access } from '@headwater/access'
import * as http from '@headwater/http'
import fp from 'fastify-plugin'
import * as contract from '../contract/index.ts'

const description = `The read API of Headwater: where an asset comes from, what is made from it, and whether it is healthy.
Every successful answer contains the log up to a position, and reports this position and the lag in its body and in the headers
Headwater-Position and Headwater-Lag-Ms. Errors are problem documents (RFC 9457); branch on their code.`

/** Adds the OpenAPI document, and its page, for all routes that are registered afterwards. */
export const openapi = fp<{ readonly access: Access }>(
  async (app, { access }) => {
    await app.register(http.openapi, {
      ...{ title: 'Headwater', description, scope: 'the scope `read`' },
      tags: [
        { name: 'assets', description: 'Assets, their history, health and keys' },
        { name: 'lineage', description: 'Upstreams and downstreams of assets and columns' },
        { name: 'runs', description: 'Jobs and their runs' },
        { name: 'operations', description: 'Health and metrics of the API itself' },
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
