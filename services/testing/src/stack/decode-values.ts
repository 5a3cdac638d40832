import { connectSchemaRegistry, createDecoder, type HeadwaterEvent, schemaIdOf } from '@headwater/schemas'
import { testStack } from './test-stack.ts'

/** The events in values of records, by their schemas in the registry of the tests. */
export async function decodeValues(values: readonly (Buffer | null)[]): Promise<readonly HeadwaterEvent[]> {
  const registry = connectSchemaRegistry({ url: testStack().schemaRegistryUrl })
  const decoder = createDecoder()
  const buffers = values.map((value) => value ?? Buffer.alloc(0))
  for (const id of new Set(buffers.map(schemaIdOf))) decoder.learn(id, await registry.schemaOf(id))
  return buffers.map((value) => decoder.decode(value))
}
