import { setTimeout } from 'node:timers/promises'
import { type EventSchemaRegistry, SchemaRegistryError } from '@headwater/schemas'

const waitAtMostMs = 3_000

/**
 * Tries the registry before anything is folded. One that is away is waited for when the first schema is needed.
 * @throws SchemaRegistryError when no answer will come until a person changes something, such as a certificate
 */
export async function checkRegistry(registry: Pick<EventSchemaRegistry, 'hasTopic'>, topic: string): Promise<void> {
  const checked = registry.hasTopic(topic).catch((error: unknown) => {
    if (error instanceof SchemaRegistryError && error.isLasting) throw error
  })
  checked.catch(() => undefined) // after the wait it is too late to say
  await Promise.race([checked, setTimeout(waitAtMostMs, undefined, { ref: false })])
}
