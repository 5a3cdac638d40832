import type { Principal } from './principal.ts'

/** Whom a running service lets in. */
export type Access =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'guarded'
      /** Reads need no credential. */
      readonly anonymousRead: boolean
      /** Tells who a credential is of. Throws AccessError. */
      readonly verify: (credential: string) => Principal | Promise<Principal>
      readonly close: () => void
    }

/** Everybody is let in. */
export const openAccess: Access = { kind: 'open' }
