import { eventSchemas, eventTypes, type SchemaIds } from '../codec.ts'
import { inlineReferences, type RegisteredSchema } from './inline-references.ts'
import {
  createRegistryHttp,
  type RegistryAnswer,
  type RegistryRequest,
  type SchemaRegistryOptions,
} from './registry-http.ts'
import { failureOf, isAbsent, printableUrl, problemOf } from './registry-problems.ts'

export interface EventSchemaRegistry {
  /**
   * Finds or registers this version's records for `topic` under `<topic>-<record>` (TopicRecordNameStrategy), FULL_TRANSITIVE.
   * @param onWarning called with what a person should change, although registering succeeded
   * @throws SchemaRegistryError SCHEMA_REFUSED when a record is not compatible with what the registry has, or it may not be written
   */
  register(topic: string, onWarning?: (text: string) => void): Promise<SchemaIds>
  /** The writer's schema of an id as JSON text. @throws SchemaRegistryError SCHEMA_NOT_FOUND | REGISTRY_UNAVAILABLE */
  schemaOf(schemaId: number): Promise<string>
  /** False when the registry has no record of `topic`: it is new, or has lost its data. @throws SchemaRegistryError REGISTRY_UNAVAILABLE */
  hasTopic(topic: string): Promise<boolean>
}

export function connectSchemaRegistry(options: SchemaRegistryOptions): EventSchemaRegistry {
  const registry = new Registry(options)
  return {
    async register(topic, onWarning = () => undefined) {
      const ids: [string, number][] = []
      for (const type of eventTypes) {
        const subject = `${topic}-headwater.${type}`
        ids.push([type, await registry.register(subject, eventSchemas[type])])
        const warning = await registry.protect(subject)
        if (warning !== undefined) onWarning(warning)
      }
      return Object.fromEntries(ids) as SchemaIds
    },
    async schemaOf(schemaId) {
      const found = await registry.schema(`/schemas/ids/${schemaId}`, `Schema id ${schemaId}`)
      return inlineReferences(found, (subject, version) =>
        registry.schema(`/subjects/${encodeURIComponent(subject)}/versions/${version}`, `Subject ${subject}`),
      )
    },
    async hasTopic(topic) {
      const subjects = await registry.subjects()
      return subjects.some((subject) => subject.startsWith(`${topic}-headwater.`))
    },
  }
}

const compatibility = 'FULL_TRANSITIVE'
const [agreeTimes, agreePauseMs] = [5, 200]
const [retries, retryPauseMs] = [2, 100]
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

class Registry {
  readonly #url: string
  readonly #send: ReturnType<typeof createRegistryHttp>

  constructor(options: SchemaRegistryOptions) {
    this.#url = options.url
    this.#send = createRegistryHttp(options)
  }

  /** Registers a schema that the subject does not have yet; a registry that may only be read is not written then. */
  async register(subject: string, schema: string): Promise<number> {
    const what = `Subject ${subject}`
    const path = `/subjects/${encodeURIComponent(subject)}`
    const present = await this.#ask({ method: 'POST', path, body: { schema } }, what)
    if (present.status === 200) return this.#idOf(present, { method: 'POST', path }, what)
    if (!isAbsent(present)) throw problemOf({ method: 'POST', path, url: this.#url, what }, present)
    const request = { method: 'POST', path: `${path}/versions`, body: { schema } } as const
    // Of processes that register a new subject at the same time, all but one get 409.
    for (let left = agreeTimes; ; left--) {
      const answer = await this.#ask(request, what)
      if (answer.status !== 409 || left === 0) return this.#idOf(answer, request, what)
      await pause(agreePauseMs)
    }
  }

  /** Sets the subject's compatibility. @returns what to do where that is not possible */
  async protect(subject: string): Promise<string | undefined> {
    const path = `/config/${encodeURIComponent(subject)}`
    const body = { compatibility }
    const found = await this.#ask({ method: 'GET', path }, `Compatibility of ${subject}`)
    const { compatibilityLevel } = (found.json ?? {}) as { readonly compatibilityLevel?: unknown }
    if (found.status === 200 && compatibilityLevel === compatibility) return undefined
    const set = await this.#ask({ method: 'PUT', path, body }, `Compatibility of ${subject}`)
    if (set.status === 200) return undefined
    const level = typeof compatibilityLevel === 'string' ? compatibilityLevel : 'that of the registry'
    return `The compatibility of ${subject} is ${level}, and the registry refuses to change it (${set.status}): an incompatible schema could be registered. Set it: curl -X PUT -H 'Content-Type: application/json' -d '${JSON.stringify(body)}' ${printableUrl(this.#url)}${path}`
  }

  async schema(path: string, what: string): Promise<RegisteredSchema> {
    const answer = await this.#ask({ method: 'GET', path }, what)
    const { schema } = (answer.json ?? {}) as { readonly schema?: unknown }
    if (answer.status === 200 && typeof schema === 'string') return answer.json as RegisteredSchema
    throw problemOf({ method: 'GET', path, url: this.#url, what }, answer)
  }

  async subjects(): Promise<readonly string[]> {
    const [request, what] = [{ method: 'GET', path: '/subjects' } as const, 'The list of subjects']
    const answer = await this.#ask(request, what)
    if (answer.status === 200 && Array.isArray(answer.json)) return answer.json as readonly string[]
    throw problemOf({ ...request, url: this.#url, what }, answer)
  }

  #idOf(answer: RegistryAnswer, request: RegistryRequest, what: string): number {
    const { id } = (answer.json ?? {}) as { readonly id?: unknown }
    if (answer.status === 200 && typeof id === 'number') return id
    throw problemOf({ ...request, url: this.#url, what }, answer)
  }

  /** Sends, and repeats soon where the network or the registry failed. */
  async #ask(request: RegistryRequest, what: string): Promise<RegistryAnswer> {
    for (let left = retries; ; left--) {
      try {
        const answer = await this.#send(request)
        if (answer.status < 500 || left === 0) return answer
      } catch (error) {
        if (left === 0) throw failureOf({ ...request, url: this.#url, what }, error as Error)
      }
      await pause(retryPauseMs)
    }
  }
}
