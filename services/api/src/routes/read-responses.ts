import { type Static, type TSchema, Type } from 'typebox'
import { Problem } from '../contract/index.ts'
import { ref } from '../contract/schema.ts'

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref(Problem) } },
})

/** Response schemas of a route that answers with `schema`. */
export const readResponses = <T extends TSchema & { readonly $id: string }>(schema: T) => ({
  200: Type.Unsafe<Static<T>>({ ...ref(schema), description: schema.$id }),
  '4xx': problem('The request is invalid, or what it names does not exist'),
  '5xx': problem('The API or ClickHouse failed, or the position was not reached in time'),
})
