/** Where the parts of a stack are, as services take them. */
export type StackAddresses = {
  /** Comma separated host:port. */
  readonly kafkaBrokers: string
  readonly schemaRegistryUrl: string
  readonly clickhouseUrl: string
}
