import { parseDuration } from '@headwater/lineage'
import { InvalidArgumentError } from 'commander'

const longestMs = 100 * 365 * 86_400_000

/** Reads the value of an option as a length of time of at least `leastMs`, in milliseconds. */
export const durationArgument =
  (leastMs: number) =>
  (text: string): number => {
    const ms = parseDuration(text)
    if (ms !== undefined && ms >= leastMs && ms <= longestMs) return ms
    throw new InvalidArgumentError('It must be a length of time, such as 45s, 90m, 12h, 30d or 12w.')
  }
