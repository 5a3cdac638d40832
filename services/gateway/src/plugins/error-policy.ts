import type { ErrorPolicy } from '@headwater/http'
import { GatewayError } from '../errors.ts'

/** The gateway's part in the handling of errors. */
export const errorPolicy: ErrorPolicy = {
  methods: ['GET', 'HEAD', 'POST', 'DELETE'],
  ofFastify: ({ statusCode, message }) =>
    statusCode === 414 ? new GatewayError('HEADERS_TOO_LARGE', message) : undefined,
  ofConnection(nodeCode) {
    switch (nodeCode) {
      case 'HPE_HEADER_OVERFLOW':
        return new GatewayError('HEADERS_TOO_LARGE', 'The URL and headers exceed 16384 bytes in total')
      case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
        return new GatewayError('BODY_TOO_LARGE', 'The extensions of a chunk exceed 16384 bytes')
      default:
        return undefined
    }
  },
  notFoundHint: () => 'send OpenLineage events to /api/v1/lineage, native events to /api/v1/events',
  isLogged: ({ status }) => status === 500,
  retryAfterSeconds: () => (Math.random() < 0.5 ? 1 : 2), // spreads the retries of many clients
}
