import type { Scope } from './scope.ts'

/** The authenticated sender of a request. */
export type Principal =
  | { readonly kind: 'key'; readonly id: string; readonly name: string; readonly scopes: readonly Scope[] }
  | { readonly kind: 'token'; readonly subject: string; readonly scopes: readonly Scope[] }
  | { readonly kind: 'anonymous'; readonly scopes: readonly Scope[] }
