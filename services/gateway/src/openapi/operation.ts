/** What the OpenAPI document says of a route. It is for readers only: what a request may say is decided by the code that reads it. */
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
