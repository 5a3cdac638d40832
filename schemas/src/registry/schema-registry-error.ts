export type SchemaRegistryErrorCode = 'SCHEMA_REFUSED' | 'SCHEMA_NOT_FOUND' | 'REGISTRY_UNAVAILABLE'

/** The registry refuses, or does not answer as a registry does. Only the latter is worth trying again. */
export class SchemaRegistryError extends Error {
  readonly code: SchemaRegistryErrorCode
  readonly retryable: boolean
  /** True when no answer will come until a person changes something, such as a certificate. */
  readonly isLasting: boolean
  constructor(
    code: SchemaRegistryErrorCode,
    message: string,
    options: ErrorOptions & { readonly isLasting?: boolean } = {},
  ) {
    super(message, options)
    this.name = 'SchemaRegistryError'
    this.code = code
    this.retryable = code === 'REGISTRY_UNAVAILABLE'
    this.isLasting = options.isLasting ?? false
  }
}
