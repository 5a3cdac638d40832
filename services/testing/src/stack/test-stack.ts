import type { StackAddresses } from '@headwater/local'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    stack: StackAddresses
  }
}

/** The stack that the global set-up of the integration tests started or found. */
export const testStack = (): StackAddresses => inject('stack')
