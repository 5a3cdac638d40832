import type { Principal } from './principal.ts'

/** How a running service authenticates requests. */
export type Access =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'guarded'
      /** Whether reads need no credential. */
      readonly anonymousRead: boolean
      /** The principal that a credential belongs to. Throws AccessError. */
      readonly verify: (credential: string) => Principal | Promise<Principal>
      readonly close: () => void
    }

/** No authentication: every request is allowed. */
export const openAccess: Access = { kind: 'open' }
