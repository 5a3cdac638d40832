import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { shellWord } from '@headwater/config/shell-word'
import { loginVariables } from '@headwater/local/home'
import type { StackState } from '@headwater/local/state'
import { CliError } from '../cli-error.ts'
import { type CliConfig, requireClone } from '../config.ts'
import type { Context } from '../context.ts'
import { exitOf } from './exit-of.ts'
import { findClickHouseLogin } from './find-addresses.ts'
import { findStack, untilRunning } from './running-stack.ts'
import { addressVariables, serviceScript } from './stack-services.ts'

/** Runs the demo against the running stack. */
export async function demo(context: Context, config: CliConfig): Promise<number> {
  const home = config.HEADWATER_HOME
  requireClone('The demo')
  if ((await findStack(home)) === undefined) {
    throw new CliError('NOT_REACHABLE', `No stack is running in ${shellWord(home)}. Start one with: npm start`)
  }
  return runDemo(context, config, await untilRunning(home, context.note))
}

/** Runs the demo in a process of its own, which prints its progress itself. @returns its exit code */
export async function runDemo(context: Context, config: CliConfig, state: StackState): Promise<number> {
  const script = serviceScript('demo')
  if (!existsSync(script)) throw new CliError('FAILING', 'The demo is not built; run: npm run build')
  const env = {
    ...context.env,
    ...addressVariables(state.addresses),
    ...loginVariables(await findClickHouseLogin(config)),
    HEADWATER_API_URL: state.urls['api'],
    HEADWATER_HOME: config.HEADWATER_HOME,
  }
  const child = spawn(process.execPath, [script], { env, stdio: 'inherit' })
  const unlisten = context.onSignal(() => child.kill('SIGTERM'))
  return exitOf(child).finally(unlisten)
}
