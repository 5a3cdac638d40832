import { type Decoder, type EventSchemaRegistry, SchemaRegistryError } from '@headwater/schemas'
import { ProjectorError } from '../errors.ts'

export type SchemaLookup = Pick<EventSchemaRegistry, 'schemaOf' | 'hasTopic'>

/**
 * Teaches the decoder a schema id, or to refuse it when the registry does not have it.
 * @throws SchemaRegistryError REGISTRY_UNAVAILABLE, retryable
 * @throws ProjectorError REGISTRY_LOST when the registry does not even have the topic
 */
export async function learnSchema(
  schemaId: number,
  decoder: Decoder,
  registry: SchemaLookup,
  topic: string,
): Promise<void> {
  try {
    decoder.learn(schemaId, await registry.schemaOf(schemaId))
  } catch (error) {
    if (!(error instanceof SchemaRegistryError) || error.code !== 'SCHEMA_NOT_FOUND') throw error
    if (!(await registry.hasTopic(topic))) throw registryLost(schemaId, topic)
    decoder.refuse(schemaId, error.message)
  }
}

/** Stops the projector, instead of turning every record of the log into a dead letter. */
function registryLost(schemaId: number, topic: string): ProjectorError {
  return new ProjectorError(
    'REGISTRY_LOST',
    `The log holds schema id ${schemaId}, but the schema registry has no schemas for topic ${topic}: it lost its data, or SCHEMA_REGISTRY_URL points to another registry. Correct the URL, or restore the data, and start again`,
    { retryable: false },
  )
}
