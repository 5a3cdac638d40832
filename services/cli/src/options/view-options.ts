import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { edgesArgument } from './edges-argument.ts'
import { timeArgument, timeForms } from './time-argument.ts'

/** Options of commands that can answer for an earlier moment; the times are ISO, as the API takes them. */
export type MomentOptions = { readonly asOf?: string; readonly knownAt?: string }

export const momentOf = ({ asOf, knownAt }: MomentOptions) => ({ asOf, knownAt })

/** Adds the options that make a command answer for an earlier moment. */
export const withMoment = (command: Command, { now }: Context): Command =>
  command
    .option('--as-of <time>', 'count only events that occurred by this time', timeArgument(now))
    .option('--known-at <time>', 'count only events recorded by this time', timeArgument(now))
    .addHelpText('after', `\n${timeForms}`)

/** Adds the options that make a command answer for an earlier moment, or include edges that are no longer current. */
export const withView = (command: Command, context: Context): Command =>
  withMoment(
    command.option(
      '--edges <which>',
      "edges of each job's latest success (current), of any success (ever), or of any success within a time (seenWithin=30d)",
      edgesArgument,
    ),
    context,
  )
