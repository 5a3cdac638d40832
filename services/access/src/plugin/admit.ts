import type { Access } from '../access.ts'
import { AccessError } from '../access-error.ts'
import type { Principal } from '../principal.ts'
import { isEnough, type Scope } from '../scope.ts'
import { bearerOf } from './bearer.ts'

const anonymous: Principal = { kind: 'anonymous', scopes: ['read'] }

/** Who sends a request, if they may; `needed` is undefined where a route does not say what it needs. @throws AccessError */
export async function admit(
  access: Extract<Access, { readonly kind: 'guarded' }>,
  authorization: string | undefined,
  needed: Scope | undefined,
): Promise<Principal> {
  // A credential that is sent must hold, or its sender would not learn that it does not.
  if (authorization === undefined && needed === 'read' && access.anonymousRead) return anonymous
  const principal = await access.verify(bearerOf(authorization))
  if (needed === undefined) {
    throw new AccessError('undeclared_route', 'Nobody has access to this path: it does not say what it needs')
  }
  const held = principal.scopes
  if (isEnough(held, needed)) return principal
  const has = held.length === 0 ? 'none' : held.join(', ')
  throw new AccessError('missing_scope', `This needs the scope ${needed} (has: ${has})`, { required: needed, held })
}
