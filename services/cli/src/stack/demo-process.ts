import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { StackState } from '@headwater/local'
import { CliError } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { exitOf } from './exit-of.ts'
import { addressVariables, serviceScript } from './stack-services.ts'

/** Runs the demo against a running stack; it tells its story itself. @returns its exit code */
export async function runDemo(context: Context, config: CliConfig, state: StackState): Promise<number> {
  const script = serviceScript('demo')
  if (!existsSync(script)) throw new CliError('FAILING', 'The demo is not built; run: npm run build')
  const env = {
    ...context.env,
    ...addressVariables(state.addresses),
    HEADWATER_API_URL: state.urls['api'],
    HEADWATER_HOME: config.HEADWATER_HOME,
  }
  const child = spawn(process.execPath, [script], { env, stdio: 'inherit' })
  const unlisten = context.onSignal(() => child.kill('SIGTERM'))
  return exitOf(child).finally(unlisten)
}
