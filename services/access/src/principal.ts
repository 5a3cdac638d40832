import type { Binding } from './binding.ts'
import type { Scope } from './scope.ts'

/** The authenticated sender of a request. */
export type Principal =
  | {
      readonly kind: 'key'
      readonly id: string
      readonly name: string
      readonly scopes: readonly Scope[]
      /** Undefined for a key that may report any job and write any asset. */
      readonly binding?: Binding | undefined
    }
  | { readonly kind: 'token'; readonly subject: string; readonly scopes: readonly Scope[] }
  | { readonly kind: 'anonymous'; readonly scopes: readonly Scope[] }
