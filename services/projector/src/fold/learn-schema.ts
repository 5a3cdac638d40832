import { type Decoder, type EventSchemaRegistry, SchemaRegistryError } from '@headwater/schemas'
import { ProjectorError } from '../errors.ts'

export type SchemaLookup = Pick<EventSchemaRegistry, 'schemaOf' | 'hasTopic'>

/**
 * Makes the decoder know a schema id; one that the registry does not have is remembered as refused.
 * @throws SchemaRegistryError REGISTRY_UNAVAILABLE, to be tried again
 * @throws ProjectorError REGISTRY_LOST when it is not the id that is wrong but the registry
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

/** Better to stop than to call every record of the log a dead letter. */
function registryLost(schemaId: number, topic: string): ProjectorError {
  return new ProjectorError(
    'REGISTRY_LOST',
    `The log holds schema id ${schemaId}, but the schema registry knows nothing of topic ${topic}: it has lost its data, or SCHEMA_REGISTRY_URL names another one. Restore its data and start again`,
    { retryable: false },
  )
}
