import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { edgesArgument } from './edges-argument.ts'
import { timeArgument, timeForms } from './time-argument.ts'

/** Lets a command be asked of an earlier moment. */
export const withMoment = (command: Command, { now }: Context): Command =>
  command
    .option('--as-of <time>', 'as it was then: only events that occurred by then count', timeArgument(now))
    .option('--known-at <time>', 'as it was known then: only events recorded by then count', timeArgument(now))
    .addHelpText('after', `\n${timeForms}`)

/** Lets a command be asked of an earlier moment, and of edges that are no longer current. */
export const withView = (command: Command, context: Context): Command =>
  withMoment(
    command.option(
      '--edges <which>',
      "those of each job's latest success (current), of any success (ever), or of any within a time (seenWithin=30d)",
      edgesArgument,
    ),
    context,
  )
