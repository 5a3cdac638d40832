import { CodecError, type Decoder, type EventSchemaRegistry, SchemaRegistryError, schemaIdOf } from '@headwater/schemas'
import type { LogRecord } from './batch.ts'
import { ProjectorError } from './errors.ts'

export type SchemaLookup = Pick<EventSchemaRegistry, 'schemaOf' | 'hasTopic'>

/**
 * Makes the decoder know every schema id in `records`; an id that the registry does not have is remembered as refused.
 * @throws SchemaRegistryError REGISTRY_UNAVAILABLE, to be tried again
 * @throws ProjectorError REGISTRY_LOST when it is not the id that is wrong but the registry
 */
export async function learnSchemas(
  records: readonly LogRecord[],
  decoder: Decoder,
  registry: SchemaLookup,
  topic: string,
): Promise<void> {
  for (const schemaId of unknownIds(records, decoder)) {
    try {
      decoder.learn(schemaId, await registry.schemaOf(schemaId))
    } catch (error) {
      if (!(error instanceof SchemaRegistryError) || error.code !== 'SCHEMA_NOT_FOUND') throw error
      if (!(await registry.hasTopic(topic))) throw registryLost(schemaId, topic)
      decoder.refuse(schemaId, error.message)
    }
  }
}

function unknownIds(records: readonly LogRecord[], decoder: Decoder): ReadonlySet<number> {
  const ids = new Set<number>()
  for (const { value } of records) {
    if (value === null) continue
    try {
      const schemaId = schemaIdOf(value)
      if (!decoder.knows(schemaId)) ids.add(schemaId)
    } catch (error) {
      if (!(error instanceof CodecError)) throw error // no id in it: decoding tells why
    }
  }
  return ids
}

/** Better to stop than to call every record of the log a dead letter. */
function registryLost(schemaId: number, topic: string): ProjectorError {
  return new ProjectorError(
    'REGISTRY_LOST',
    `The log holds schema id ${schemaId}, but the schema registry knows nothing of topic ${topic}: it has lost its data, or SCHEMA_REGISTRY_URL names another one. Restore its data and start again`,
    { retryable: false },
  )
}
