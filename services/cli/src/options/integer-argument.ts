import { InvalidArgumentError } from 'commander'

/** Reads the value of an option as a whole number of at least `least`. */
export const integerArgument =
  (least: number) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= least) return value
    throw new InvalidArgumentError(`It must be a whole number, at least ${least}.`)
  }
