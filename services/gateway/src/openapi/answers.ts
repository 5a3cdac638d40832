// The answers of routes that take events, as the OpenAPI document has them.

const component = (name: string) => ({ $ref: `#/components/schemas/${name}` })

const position = {
  'Headwater-Position': {
    type: 'string',
    description: 'Where the log has them: topic:partition:offset, comma separated. The read API takes it as waitFor',
  },
}

/** All is stored: every replica of the log has it. */
export const stored = (description: string) => ({ description, type: 'null', headers: position })

export const storedInPart = {
  description: 'Some are not stored, and which',
  headers: position,
  content: { 'application/json': { schema: component('BatchAnswer') } },
}

const problem = (description: string, headers?: object) => ({
  description,
  ...(headers === undefined ? {} : { headers }),
  content: { 'application/problem+json': { schema: component('Problem') } },
})

const retryAfter = { 'Retry-After': { type: 'integer', description: 'Seconds after which to send it again' } }

/** Nothing is stored, and sending the same again would not help, but for 408. */
const refusals = {
  400: problem('It is no JSON, or no event: errors says where, by JSON pointers'),
  401: problem('No key or token, or one that does not hold: reason says why'),
  403: problem('The key or token may not do this'),
  408: problem('The request did not arrive in time: send it again'),
  413: problem('The body, or one event in it, is too large'),
  415: problem('A compression other than gzip, deflate and br'),
  431: problem('The URL and headers are too long'),
}

export const otherwise = {
  ...refusals,
  500: problem('A mistake in the gateway'),
  503: problem('Not known to be stored: the log is away, or too slow. Send the same again', retryAfter),
}

export const notReady = { 503: problem('No events can be taken now, and why', retryAfter) }

/** A body of JSON. Its Content-Type does not matter; it may be compressed. */
export const jsonOf = (...names: readonly string[]) => ({
  content: { 'application/json': { schema: oneOf(names.map(component)) } },
})

/** One of it, or an array. */
export const oneOrMore = (name: string) => ({
  content: { 'application/json': { schema: oneOf([component(name), arrayOf(name)]) } },
})

export const anArrayOf = (name: string) => ({ content: { 'application/json': { schema: arrayOf(name) } } })

const arrayOf = (name: string) => ({ type: 'array', items: component(name) })
const oneOf = (schemas: readonly object[]) => (schemas.length === 1 ? schemas[0] : { oneOf: schemas })
