import { inject } from 'vitest'

/** Addresses of the parts that the tests of one run share. */
export type StackAddresses = {
  readonly kafkaBrokers: string
  readonly schemaRegistryUrl: string
  readonly clickhouseUrl: string
}

declare module 'vitest' {
  interface ProvidedContext {
    stack: StackAddresses
  }
}

/** The stack that the global set-up of the integration tests started or found. */
export const testStack = (): StackAddresses => inject('stack')
