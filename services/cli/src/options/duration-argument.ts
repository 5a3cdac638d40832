import { parseDuration } from '@headwater/lineage/time'
import { InvalidArgumentError } from 'commander'

const maxMs = 100 * 365 * 86_400_000

/** Parses the value of an option as a duration of at least `minMs`, in milliseconds. */
export const durationArgument =
  (minMs: number) =>
  (text: string): number => {
    const ms = parseDuration(text)
    if (ms !== undefined && ms >= minMs && ms <= maxMs) return ms
    throw new InvalidArgumentError('It must be a duration, such as 45s, 90m, 12h, 30d or 12w.')
  }
