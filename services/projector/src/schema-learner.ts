import { CodecError, type Decoder, type EventSchemaRegistry, SchemaRegistryError, schemaIdOf } from '@headwater/schemas'
import type { LogRecord } from './batch.ts'

/**
 * Makes the decoder know every schema id in `records`; an id that the registry does not have is remembered as refused.
 * @throws SchemaRegistryError REGISTRY_UNAVAILABLE, to be tried again
 */
export async function learnSchemas(
  records: readonly LogRecord[],
  decoder: Decoder,
  registry: Pick<EventSchemaRegistry, 'schemaOf'>,
): Promise<void> {
  for (const schemaId of unknownIds(records, decoder)) {
    try {
      decoder.learn(schemaId, await registry.schemaOf(schemaId))
    } catch (error) {
      if (!(error instanceof SchemaRegistryError) || error.retryable) throw error
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
