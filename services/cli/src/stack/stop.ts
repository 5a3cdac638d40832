import { shellWord } from '@headwater/config/shell-word'
import { exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { endStack, findStack } from './running-stack.ts'

/** Stops the stack and waits until it has ended; succeeds also when none is running. */
export async function stop(context: Context, { HEADWATER_HOME: home }: CliConfig): Promise<number> {
  const found = await findStack(home)
  if (found !== undefined) context.note(`Stopping process ${found.state.pid} ...`)
  context.print((await endStack(home)) ? 'Stopped' : `No stack is running in ${shellWord(home)}`)
  return exitCodes.ok
}
