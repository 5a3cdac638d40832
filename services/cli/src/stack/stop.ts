import { exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { endStack, findStack } from './running-stack.ts'

/** Ends the stack and waits until it has ended. None running is fine. */
export async function stop(context: Context, { HEADWATER_HOME: home }: CliConfig): Promise<number> {
  const found = await findStack(home)
  if (found !== undefined) context.note(`Stopping process ${found.state.pid} ...`)
  context.print((await endStack(home)) ? 'Stopped' : `No stack runs in ${home}`)
  return exitCodes.ok
}
