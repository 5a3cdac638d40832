import { type Static, type TSchema, Type } from 'typebox'
import { Problem } from '../contract/index.ts'
import { ref } from '../contract/schema.ts'

/** A response that is a problem document. */
export const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref(Problem) } },
})

type ResponseOptions = {
  /** When what the request names does not exist; undefined for a list, which may be empty. */
  readonly notFound?: string
  /** Whether the request can be about a time before the horizon. */
  readonly hasMoment?: boolean
}

export const noAsset = 'ASSET_NOT_FOUND: no event names the asset; `didYouMean` lists similar keys'

const noTopic = 'TOPIC_NOT_FOUND: no projector has read the topic in `waitFor`'

/** Response schemas of a route that answers with `schema`. */
export const readResponses = <T extends TSchema & { readonly $id: string }>(
  schema: T,
  { notFound, hasMoment }: ResponseOptions = {},
) => ({
  200: Type.Unsafe<Static<T>>({ ...ref(schema), description: schema.$id }),
  400: problem(
    'INVALID_PARAMETER, INVALID_ASSET_KEY, INVALID_CURSOR or MALFORMED_REQUEST: `errors` names each wrong parameter',
  ),
  401: problem('UNAUTHENTICATED: the credential is missing or invalid'),
  403: problem(
    'FORBIDDEN: the credential lacks the scope `read`; HOST_NOT_ALLOWED or ORIGIN_NOT_ALLOWED: the request comes from another host or origin than those that are allowed',
  ),
  404: problem([...(notFound === undefined ? [] : [notFound]), noTopic].join('; ')),
  ...(hasMoment === true ? { 410: problem('BEYOND_HORIZON: the history of that time has expired') } : {}),
  414: problem('URL_TOO_LONG: URL and headers exceed 16 KiB'),
  500: problem('INTERNAL: a bug, the log of the server has the cause'),
  503: problem(
    'TOO_BUSY, STORE_UNAVAILABLE, QUERY_TOO_EXPENSIVE, ACCESS_UNAVAILABLE or NOT_READY; Retry-After says when to try again',
  ),
  504: problem(
    'DEADLINE_EXCEEDED: the answer took too long; POSITION_NOT_REACHED: waitFor was not folded within timeoutMs',
  ),
})
