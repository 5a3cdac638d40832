import { maxNameLength } from '@headwater/lineage'
import { InvalidArgumentError } from 'commander'

/** Adds the value of an option to the namespaces before it. */
export function namespaceArgument(text: string, before: readonly string[] = []): readonly string[] {
  if (text === '' || text.length > maxNameLength) {
    throw new InvalidArgumentError(`A namespace has 1 to ${maxNameLength} characters.`)
  }
  return before.includes(text) ? before : [...before, text]
}
