import { type Scope, scopes } from '../scope.ts'

const prefix = 'headwater:'

/** Headwater's scopes in the claims of a token: a list, or a space-separated text. Other values are ignored. */
export function scopesOfClaims(claims: Readonly<Record<string, unknown>>, claim: string): readonly Scope[] {
  const names = claim === 'scope' ? ['scope', 'scp'] : [claim]
  const granted = new Set(
    names.flatMap((name) => (Object.hasOwn(claims, name) ? textsOf(claims[name]) : [])).map(withoutPrefix),
  )
  return scopes.filter((scope) => granted.has(scope))
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(' ')
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

const withoutPrefix = (text: string) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)
