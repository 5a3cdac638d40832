import { parseArgs } from 'node:util'

export type ChaosCommand = {
  readonly minutes: number
  readonly seed: number
  readonly rate: number
  readonly questions: number
  /** Seconds from one fault to the next, whatever became of the last; undefined to wait until it is overcome. */
  readonly every: number | undefined
  /** File whose results are replaced. */
  readonly report: string | undefined
  readonly json: boolean
  readonly help: boolean
}

export const chaosHelp = `Breaks a stack of its own under load for some minutes, and verifies that no event is lost or counted twice and
that every answer is right.

Usage: npm run chaos -- [options]

  --minutes <n>     how long the load lasts (default 20)
  --rate <n>        records a second (default 500)
  --every <s>       a fault every so many seconds, also while earlier ones last (default: one after another)
  --questions <n>   questions to the API afterwards (default 1000)
  --seed <n>        repeats the plan of events, faults and questions (default: a new one, printed)
  --report <file>   replaces the results in this Markdown file, between its two marks, or makes it
  --json            prints the report as JSON; what happens goes to standard error
  --help

Ctrl-C ends the load and verifies what was done; once more ends the questions.

Exit codes: 0 all is right, 1 something is not, 2 wrong usage, 3 the stack does not start

Examples:
  npm run chaos -- --minutes 2
  npm run chaos -- --minutes 30 --every 2
  npm run chaos -- --minutes 20 --report docs/reliability.md
  npm run chaos -- --minutes 2 --seed 42 --rate 2000 --json`

/** @throws RangeError with one line for people when an option is wrong */
export function parseChaosCommand(args: readonly string[], newSeed: number): ChaosCommand {
  const { values } = parsed(args)
  return {
    minutes: numberOf('minutes', values.minutes, 20),
    seed: wholeOf('seed', values.seed, newSeed),
    rate: numberOf('rate', values.rate, 500),
    questions: wholeOf('questions', values.questions, 1_000),
    every: values.every === undefined ? undefined : numberOf('every', values.every, 2),
    report: values.report,
    json: values.json ?? false,
    help: values.help ?? false,
  }
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        minutes: text,
        seed: text,
        every: text,
        rate: text,
        questions: text,
        report: text,
        json: flag,
        help: flag,
      },
    })
  } catch (error) {
    throw new RangeError((error as Error).message.split('. ')[0], { cause: error })
  }
}

function numberOf(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text)
  if (value > 0 && Number.isFinite(value)) return value
  throw new RangeError(`--${name} must be a number greater than 0, not ${JSON.stringify(text)}`)
}

function wholeOf(name: string, text: string | undefined, otherwise: number): number {
  const value = numberOf(name, text, otherwise)
  if (Number.isInteger(value) && value < 2 ** 32) return value
  throw new RangeError(`--${name} must be a whole number below 2^32, not ${JSON.stringify(text)}`)
}
