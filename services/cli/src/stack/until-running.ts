import type { StackState } from '@headwater/local'
import { CliError } from '../cli-error.ts'
import { findStack } from './running-stack.ts'

const pollMs = 200

/** The state of the stack in `home`, once it is started. @throws CliError FAILING when it ends before that */
export async function untilRunning(home: string, note: (line: string) => void): Promise<StackState> {
  let told = false
  for (;;) {
    const found = await findStack(home)
    if (found === undefined) throw new CliError('FAILING', `The stack in ${home} ended while it was being started`)
    if (found.situation === 'running') return found.state
    if (!told) note(`Process ${found.state.pid} is starting it; waiting`)
    told = true
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}
