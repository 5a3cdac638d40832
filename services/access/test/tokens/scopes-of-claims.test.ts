import { expect, it } from 'vitest'
import { scopesOfClaims } from '../../src/tokens/scopes-of-claims.ts'

it.each([
  ['scope', { scope: 'openid ingest headwater:read' }, ['ingest', 'read']],
  ['scope', { scope: ['headwater:admin', 7, null] }, ['admin']],
  ['scope', { scp: 'read' }, ['read']],
  ['scope', { scope: 'ingest', scp: ['read'] }, ['ingest', 'read']],
  ['scope', { scope: '' }, []],
  ['scope', {}, []],
  ['scope', { scope: { read: true } }, []],
  ['scope', { scope: 'readonly Read read:all headwater:headwater:read' }, []],
  ['roles', { roles: ['read'], scope: 'admin', scp: 'admin' }, ['read']],
  ['__proto__', { scope: 'read' }, []],
  ['constructor', { scope: 'read' }, []],
])('reads the claim %s of %j as the scopes %j', (claim, claims, granted) => {
  expect(scopesOfClaims(claims, claim)).toEqual(granted)
})
