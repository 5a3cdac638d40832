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
  /** False when the registry has no record of `topic`: it is new, or has lost its data. @throws SchemaRegistryError REGISTRY_UNAVAILABLE */
  hasTopic(topic: string): Promise<boolean>
}

export function connectSchemaRegistry(options: SchemaRegistryOptions): EventSchemaRegistry {
  const auth: { auth?: { username: string; password: string } } =
    options.username === undefined ? {} : { auth: { username: options.username, password: options.password ?? '' } }
  const registry = new SchemaRegistry({ host: options.url, ...auth, retry: { retries: 2 } })
  return {
    async register(topic) {
      const ids: [string, number][] = []
      for (const type of eventTypes) {
        const subject = `${topic}-headwater.${type}`
        try {
          const { id } = await untilAgreed(() =>
            registry.register(
              { type: SchemaType.AVRO, schema: eventSchemas[type] },
              { subject, compatibility: COMPATIBILITY.FULL_TRANSITIVE },
            ),
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
    async hasTopic(topic) {
      const headers = auth.auth === undefined ? {} : { authorization: basic(auth.auth) }
      try {
        const response = await fetch(`${options.url}/subjects`, { headers, signal: AbortSignal.timeout(10_000) })
        if (!response.ok) throw new Error(`it answers ${response.status} to a list of its subjects`)
        const subjects = (await response.json()) as readonly string[]
        return subjects.some((subject) => subject.startsWith(`${topic}-headwater.`))
      } catch (cause) {
        throw translated(cause, 'The list of subjects', options.url)
      }
    },
  }
}

const [agreeTimes, agreePauseMs] = [5, 200]

/** Two processes that register a new subject at the same time: one gets 409, or sees the subject before its compatibility is set. */
async function untilAgreed<T>(register: () => Promise<T>): Promise<T> {
  for (let left = agreeTimes; ; left--) {
    try {
      return await register()
    } catch (error) {
      const mayAgree = disagrees(error) || (error as { status?: number }).status === 409
      if (!mayAgree || left === 0) throw error
      await new Promise((resolve) => setTimeout(resolve, agreePauseMs))
    }
  }
}

const disagrees = (error: unknown) => (error as Error).name === 'ConfluentSchemaRegistryCompatibilityError'

const basic = ({ username, password }: { username: string; password: string }) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

// Not 400: the HTTP client gives that status to a connection that failed.
const refusals = new Set([401, 403, 409, 422])

function translated(cause: unknown, what: string, url: string): SchemaRegistryError {
  const status = (cause as { status?: number }).status
  const text = cause instanceof Error ? cause.message : String(cause)
  if (status === 404) return new SchemaRegistryError('SCHEMA_NOT_FOUND', `${what} is not in the registry`, { cause })
  if (refusals.has(status ?? 0) || disagrees(cause)) {
    return new SchemaRegistryError('SCHEMA_REFUSED', `${what} was refused by the registry: ${text}`, { cause })
  }
  return new SchemaRegistryError(
    'REGISTRY_UNAVAILABLE',
    `Schema registry at ${new URL(url).host} is not available: ${text}`,
    { cause },
  )
}
