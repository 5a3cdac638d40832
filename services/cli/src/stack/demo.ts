import { CliError } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { runDemo } from './demo-process.ts'
import { findStack } from './running-stack.ts'
import { untilRunning } from './until-running.ts'

/** Runs the demo against the running stack. */
export async function demo(context: Context, config: CliConfig): Promise<number> {
  const home = config.HEADWATER_HOME
  if ((await findStack(home)) === undefined) {
    throw new CliError('NOT_REACHABLE', `No stack runs in ${home}. Start it with: npm start`)
  }
  return runDemo(context, config, await untilRunning(home, context.note))
}
