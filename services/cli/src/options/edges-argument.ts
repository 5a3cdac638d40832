import { parseDuration } from '@headwater/lineage/time'
import { InvalidArgumentError } from 'commander'

/** Parses the value of an option as the API's parameter `edges`. */
export function edgesArgument(text: string): string {
  const choice = text.trim()
  if (choice === 'current' || choice === 'ever') return choice
  const duration = /^seen-?within[=:](.+)$/i.exec(choice)?.[1]
  if (duration !== undefined && parseDuration(duration) !== undefined) return `seenWithin=${duration}`
  throw new InvalidArgumentError('Allowed: current, ever, or seenWithin=30d (or 45s, 90m, 12h, 2w).')
}
