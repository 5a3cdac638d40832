import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'

type BuildSerializer = ReturnType<typeof SerializerSelector>
type Compile = ReturnType<BuildSerializer>

/** Compiles each schema once. Every route answers each of its problems by the same one, which took most of the start of the API. */
export const serializersOnce: BuildSerializer = (externalSchemas, options) => {
  const compile = SerializerSelector()(externalSchemas, options)
  const compiled = new Map<string, ReturnType<Compile>>()
  return (route) => {
    const text = JSON.stringify(route.schema)
    const serialize = compiled.get(text) ?? compile(route)
    compiled.set(text, serialize)
    return serialize
  }
}
