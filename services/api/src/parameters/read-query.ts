import { type TProperties, Type } from 'typebox'
import { formatted } from './text-formats.ts'

/** Parameters of every read. */
export const everyRead = {
  waitFor: Type.Optional(
    formatted('log-positions', {
      description:
        'Answer once this position is folded: topic:partition:offset, e.g. headwater.events:0:41, several separated by commas',
    }),
  ),
  timeoutMs: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 60_000, default: 5_000, description: 'Longest time to wait for waitFor' }),
  ),
}

/** The query parameters of one read; any other is refused. A parameter with a default is optional in requests, and always set in handlers. */
export function readQuery<P extends TProperties>(properties: P) {
  const query = Type.Object({ ...properties, ...everyRead }, { additionalProperties: false })
  const required = (query.required ?? []) as readonly string[]
  const withoutDefault = required.filter((name) => !('default' in ((query.properties as TProperties)[name] ?? {})))
  return Object.assign(query, { required: withoutDefault }) as unknown as typeof query
}

/** A parameter that takes a name, or a part of one. */
export const nameParameter = (description: string, example?: string) =>
  formatted('name', { description, ...(example === undefined ? {} : { example }) })

export const pageParameters = {
  limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 50, description: 'Greatest number of items on the page' }),
  cursor: Type.Optional(
    formatted('cursor', {
      description: 'nextCursor of the previous page, with the parameters of that page; only limit may change',
    }),
  ),
}
