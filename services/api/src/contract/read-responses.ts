import { type Static, type TSchema, Type } from 'typebox'
import { Problem } from './index.ts'
import { ref } from './schema.ts'

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref(Problem) } },
})

/** Schemas of the answers of a read. */
export const answers = <T extends TSchema & { readonly $id: string }>(schema: T) => ({
  200: Type.Unsafe<Static<T>>({ ...ref(schema), description: schema.$id }),
  '4xx': problem('The request is wrong, or there is no such thing'),
  '5xx': problem('The server or its store cannot answer, or the position is not folded yet'),
})
