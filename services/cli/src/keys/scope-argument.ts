import type { Scope } from '@headwater/access/keys'
import { InvalidArgumentError } from 'commander'

const allowed = Object.keys({ ingest: true, read: true, admin: true } satisfies Record<Scope, true>) as readonly Scope[]

/** Adds the value of an option to the scopes before it. */
export function scopeArgument(text: string, before: readonly Scope[] = []): readonly Scope[] {
  const scope = allowed.find((each) => each === text)
  if (scope === undefined) throw new InvalidArgumentError(`Allowed: ${allowed.join(', ')}.`)
  return before.includes(scope) ? before : [...before, scope]
}
