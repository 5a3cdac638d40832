/** The description of a route in the OpenAPI document. For readers only: requests are validated by the code that reads them. */
export type Operation = {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  /** Query parameters by name. */
  readonly querystring?: object
  readonly body?: object
  readonly response: Readonly<Record<string, object>>
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation
  }
}
