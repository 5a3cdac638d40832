import { InvalidArgumentError } from 'commander'

/** Parses the value of an option as an integer of at least `min`. */
export const integerArgument =
  (min: number) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= min) return value
    throw new InvalidArgumentError(`It must be an integer of at least ${min}.`)
  }
