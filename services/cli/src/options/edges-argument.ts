import { parseDuration } from '@headwater/lineage'
import { InvalidArgumentError } from 'commander'

/** Reads the value of an option as a choice of edges, in the API's words. */
export function edgesArgument(text: string): string {
  const choice = text.trim()
  if (choice === 'current' || choice === 'ever') return choice
  const duration = /^seen-?within[=:](.+)$/i.exec(choice)?.[1]
  if (duration !== undefined && parseDuration(duration) !== undefined) return `seenWithin=${duration}`
  throw new InvalidArgumentError('It must be current, ever, or seenWithin=30d (or 45s, 90m, 12h, 2w).')
}
