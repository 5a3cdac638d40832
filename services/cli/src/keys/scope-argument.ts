import { type Scope, scopes } from '@headwater/access/keys'
import { InvalidArgumentError } from 'commander'

/** Adds the value of an option to the scopes given before it. */
export function scopeArgument(text: string, before: readonly Scope[] = []): readonly Scope[] {
  const scope = scopes.find((each) => each === text)
  if (scope === undefined) throw new InvalidArgumentError(`It must be one of ${scopes.join(', ')}.`)
  return before.includes(scope) ? before : [...before, scope]
}
