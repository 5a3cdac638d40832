import type { ErrorPolicy } from '@headwater/http'
import { ApiError } from '../errors.ts'
import { parameterProblem } from '../parameters/parameter-problem.ts'

/** For clients that send events to the port of the read API. */
export const whereEventsGo = 'this API is read-only; send events to the gateway (port 8090)'

/** What metrics count, and what a busy server would fill its log with. */
const countedOnly: ReadonlySet<string> = new Set(['POSITION_NOT_REACHED', 'TOO_BUSY', 'DEADLINE_EXCEEDED'])

/** The API's part in the handling of errors. */
export const errorPolicy: ErrorPolicy = {
  methods: ['GET', 'HEAD'],
  ofFastify({ validation, statusCode, message }) {
    if (validation !== undefined) return parameterProblem(validation)
    return statusCode === 414 ? new ApiError('URL_TOO_LONG', message) : undefined
  },
  ofConnection: (nodeCode) =>
    nodeCode === 'HPE_HEADER_OVERFLOW'
      ? new ApiError('URL_TOO_LONG', 'The URL and headers exceed 16384 bytes in total')
      : undefined,
  notFoundHint: (method) => (method === 'POST' ? whereEventsGo : 'see /docs for all paths'),
  isLogged: ({ status, code }) => status >= 500 && !countedOnly.has(code),
  retryAfterSeconds: () => 2,
}
