import { canonicalPrefix, isSchemeAlone, keyPrefixProblem } from '@headwater/lineage'
import { InvalidArgumentError } from 'commander'

/** Adds the value of an option to the key prefixes before it, in the form of canonical keys and without a slash at the end. */
export function prefixArgument(text: string, before: readonly string[] = []): readonly string[] {
  const problem = keyPrefixProblem(text)
  if (problem !== undefined) throw new InvalidArgumentError(`${problem}.`)
  if (/^[^/]+:\/\/\/+$/.test(text)) {
    throw new InvalidArgumentError('Nothing follows the slashes. A scheme alone, such as file://, covers all its keys.')
  }
  const prefix = isSchemeAlone(text) ? canonicalPrefix(text) : canonicalPrefix(text.replace(/\/+$/, ''))
  if (/\/\.{1,2}(?:\/|$)/.test(prefix)) throw new InvalidArgumentError('Key prefixes cannot have the segments . or ..')
  return before.includes(prefix) ? before : [...before, prefix]
}
