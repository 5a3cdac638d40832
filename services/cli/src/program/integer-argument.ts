import { InvalidArgumentError } from 'commander'

/** Reads the value of an option as a whole number from `least` to `most`. */
export const integerArgument =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${most}`
    throw new InvalidArgumentError(`It must be a whole number, at least ${least}${upTo}.`)
  }
