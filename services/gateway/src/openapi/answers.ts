// The answers of the ingest routes in the OpenAPI document.

const component = (name: string) => ({ $ref: `#/components/schemas/${name}` })

const position = {
  'Headwater-Position': {
    type: 'string',
    description:
      'Positions of the stored events in the log: topic:partition:offset, comma separated. Pass it to the read API as waitFor',
  },
}

/** The answer once every replica of the log has stored all events. */
export const stored = (description: string) => ({ description, type: 'null', headers: position })

export const storedInPart = {
  description: 'Some events are not stored; the body lists them',
  headers: position,
  content: { 'application/json': { schema: component('BatchAnswer') } },
}

const problem = (description: string, headers?: object) => ({
  description,
  ...(headers === undefined ? {} : { headers }),
  content: { 'application/problem+json': { schema: component('Problem') } },
})

const retryAfter = { 'Retry-After': { type: 'integer', description: 'Seconds to wait before the retry' } }

/** Nothing is stored, and a retry does not help, except after 408. */
const refusals = {
  400: problem('Invalid JSON or invalid event; errors lists each problem with its JSON pointer'),
  401: problem('The API key or token is missing or invalid; reason says why'),
  403: problem(
    'The API key or token lacks the required scope, for the request or for what the event changes, or the key is bound to other namespaces or key prefixes; reason says which, errors lists what is refused. While access is open: a web page of another site sent the request, or its Host is not allowed',
  ),
  408: problem('The request did not arrive in time; retry it'),
  413: problem('The body, the batch or one event is too large'),
  415: problem('Unsupported Content-Encoding; supported: gzip, deflate, br'),
  431: problem('The URL and headers are too large'),
}

export const otherwise = {
  ...refusals,
  500: problem('Internal error'),
  503: problem(
    'The log is unavailable or overloaded. The events may or may not be stored; retry the same request',
    retryAfter,
  ),
}

/** The answer of operations without authentication. */
export const foreignPage = {
  403: problem('While access is open: a web page of another site sent the request, or its Host is not allowed'),
}

export const notReady = { 503: problem('The gateway cannot accept events; detail says why', retryAfter) }

/** A JSON body. Any Content-Type is accepted, and gzip, deflate or br compression. */
export const jsonOf = (...names: readonly string[]) => ({
  content: { 'application/json': { schema: oneOf(names.map(component)) } },
})

/** A body with one value, or with an array of them. */
export const oneOrMore = (name: string) => ({
  content: { 'application/json': { schema: oneOf([component(name), arrayOf(name)]) } },
})

export const anArrayOf = (name: string) => ({ content: { 'application/json': { schema: arrayOf(name) } } })

const arrayOf = (name: string) => ({ type: 'array', items: component(name) })
const oneOf = (schemas: readonly object[]) => (schemas.length === 1 ? schemas[0] : { oneOf: schemas })
