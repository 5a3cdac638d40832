import type { Command } from 'commander'
import { withHome } from './home-option.ts'
import { integerArgument } from './integer-argument.ts'

/** Options of every command that queries the API. */
export type ReadOptions = {
  readonly api?: string
  readonly json: boolean
  readonly wait?: string
}

/** A command with the options of every command that queries the API. */
export const readCommand = (program: Command, usage: string): Command =>
  withHome(program.command(usage))
    .option('--api <url>', 'URL of the API (default: HEADWATER_API_URL, else the running stack)')
    .option('--wait <position>', 'answer once this position is folded, such as the one `headwater emit` prints')
    .option('--json', "print the API's answer", false)

export const withPages = (command: Command): Command =>
  command
    .option('--limit <n>', 'maximum number of results', integerArgument(1), 50)
    .option('--all', 'every result', false)

export const withDistance = (command: Command): Command =>
  command
    .option('--up', 'only upstream', false)
    .option('--down', 'only downstream', false)
    .option('--depth <n>', 'maximum number of steps from the asset', integerArgument(0), 3)
    .option('--max-nodes <n>', 'maximum number of nodes', integerArgument(1), 500)

const waitMs = 30_000

/** The parameters that make an answer include a position. */
export const waitParameters = ({ wait }: ReadOptions) =>
  wait === undefined ? {} : { waitFor: wait, timeoutMs: waitMs }

/** The parameter that says which way to walk from an asset. */
export const directionOf = ({ up, down }: { readonly up: boolean; readonly down: boolean }) =>
  up === down ? 'both' : up ? 'upstream' : 'downstream'
