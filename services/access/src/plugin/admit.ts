import type { Access } from '../access.ts'
import { AccessError } from '../access-error.ts'
import type { Principal } from '../principal.ts'
import { isEnough, type Scope } from '../scope.ts'
import { bearerOf } from './bearer.ts'

const anonymous: Principal = { kind: 'anonymous', scopes: ['read'] }

/** Authenticates a request and checks its scope; `needed` is undefined for a route that declares no scope. @throws AccessError */
export async function admit(
  access: Extract<Access, { readonly kind: 'guarded' }>,
  authorization: string | undefined,
  needed: Scope | undefined,
): Promise<Principal> {
  // An invalid credential is refused even where none is needed, so that its sender notices.
  if (authorization === undefined && needed === 'read' && access.anonymousRead) return anonymous
  const principal = await access.verify(bearerOf(authorization))
  if (needed === undefined) {
    throw new AccessError('undeclared_route', 'No access: this route declares no scope')
  }
  const held = principal.scopes
  if (isEnough(held, needed)) return principal
  const has = held.length === 0 ? 'none' : held.join(', ')
  throw new AccessError('missing_scope', `This request needs the scope ${needed}; the credential has: ${has}`, {
    required: needed,
    held,
  })
}
