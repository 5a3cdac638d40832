import confluent from '@kafkajs/confluent-schema-registry'
import { eventSchemas, eventTypes, type SchemaIds } from './codec.ts'

const { COMPATIBILITY, SchemaRegistry, SchemaType } = confluent

/** Address of a schema registry with Confluent's API, and how to sign in. */
export type SchemaRegistryOptions = {
  readonly url: string
  readonly username?: string | undefined
  readonly password?: string | undefined
}

export type SchemaRegistryErrorCode = 'SCHEMA_REFUSED' | 'SCHEMA_NOT_FOUND' | 'REGISTRY_UNAVAILABLE'

/** The registry answered no, or not at all. Only the latter is worth trying again. */
export class SchemaRegistryError extends Error {
  readonly code: SchemaRegistryErrorCode
  readonly retryable: boolean
  constructor(code: SchemaRegistryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SchemaRegistryError'
    this.code = code
    this.retryable = code === 'REGISTRY_UNAVAILABLE'
  }
}

export interface EventSchemaRegistry {
  /**
   * Registers this version's records for `topic` under `<topic>-<record>` (TopicRecordNameStrategy), FULL_TRANSITIVE.
   * @throws SchemaRegistryError SCHEMA_REFUSED when a record is not compatible with every earlier version.
   */
  register(topic: string): Promise<SchemaIds>
  /** The writer's schema of an id as JSON text. @throws SchemaRegistryError SCHEMA_NOT_FOUND | REGISTRY_UNAVAILABLE */
  schemaOf(schemaId: number): Promise<string>
}

export function connectSchemaRegistry(options: SchemaRegistryOptions): EventSchemaRegistry {
  const auth =
    options.username === undefined ? {} : { auth: { username: options.username, password: options.password ?? '' } }
  const registry = new SchemaRegistry({ host: options.url, ...auth, retry: { retries: 2 } })
  return {
    async register(topic) {
      const ids: [string, number][] = []
      for (const type of eventTypes) {
        const subject = `${topic}-headwater.${type}`
        try {
          const { id } = await registry.register(
            { type: SchemaType.AVRO, schema: eventSchemas[type] },
            { subject, compatibility: COMPATIBILITY.FULL_TRANSITIVE },
          )
          ids.push([type, id])
        } catch (cause) {
          throw translated(cause, `Subject ${subject}`, options.url)
        }
      }
      return Object.fromEntries(ids) as SchemaIds
    },
    async schemaOf(schemaId) {
      try {
        const schema = (await registry.getSchema(schemaId)) as unknown as { schema(options: object): unknown }
        return JSON.stringify(schema.schema({ exportAttrs: true }))
      } catch (cause) {
        throw translated(cause, `Schema id ${schemaId}`, options.url)
      }
    },
  }
}

function translated(cause: unknown, what: string, url: string): SchemaRegistryError {
  const status = (cause as { status?: number }).status
  const text = cause instanceof Error ? cause.message : String(cause)
  if (status === 404) return new SchemaRegistryError('SCHEMA_NOT_FOUND', `${what} is not in the registry`, { cause })
  const refused = status !== undefined && status >= 400 && status < 500
  if (refused || (cause as Error).name === 'ConfluentSchemaRegistryCompatibilityError') {
    return new SchemaRegistryError('SCHEMA_REFUSED', `${what} was refused by the registry: ${text}`, { cause })
  }
  return new SchemaRegistryError(
    'REGISTRY_UNAVAILABLE',
    `Schema registry at ${new URL(url).host} is not available: ${text}`,
    { cause },
  )
}
