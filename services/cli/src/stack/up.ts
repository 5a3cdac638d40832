import { spawn } from 'node:child_process'
import { shellWord } from '@headwater/config/shell-word'
import { LocalStackError, type StackState } from '@headwater/local'
import { makePrivate } from '@headwater/local/home'
import { exitCodes } from '../cli-error.ts'
import { type CliConfig, requireClone } from '../config.ts'
import type { Context } from '../context.ts'
import { createStyle } from '../terminal/style.ts'
import { runDemo } from './demo.ts'
import { startDetached } from './detached-start.ts'
import { exitOf } from './exit-of.ts'
import { runStack } from './run-stack.ts'
import { findStack, settledState, untilRunning } from './running-stack.ts'
import { requireFreePorts } from './stack-ports.ts'
import { stackSummary } from './stack-summary.ts'

export type UpOptions = { readonly detach: boolean; readonly demo: boolean }

/** Starts the stack unless it runs. Resolves to the exit code: when it is stopped, or when it is ready if detached. */
export async function up(context: Context, config: CliConfig, options: UpOptions): Promise<number> {
  const home = config.HEADWATER_HOME
  const tightened = makePrivate(home)
  if (tightened !== undefined) context.note(tightened)
  if ((await findStack(home)) !== undefined) return showRunning(context, home)
  requireClone('The stack')
  try {
    await requireFreePorts(config)
    if (!options.detach) return await runHere(context, config, options)
    const how = await startDetached(context, home)
    return how === 'found' ? await showRunning(context, home) : await presentDetached(context, config, options)
  } catch (error) {
    if (error instanceof LocalStackError && error.code === 'ALREADY_RUNNING') return showRunning(context, home)
    const dockerInstead = error instanceof LocalStackError && error.code === 'DOCKER_INSTEAD'
    if (!dockerInstead || context.report !== undefined) throw error
    context.note(`${error.message}: running docker compose up`)
    return composeUp(options)
  }
}

/** Repeats nothing: neither a start nor the demo. */
async function showRunning(context: Context, home: string): Promise<number> {
  const state = await untilRunning(home, context.note)
  context.report?.({ kind: 'found' })
  context.note(`A stack is already running in ${shellWord(home)} (process ${state.pid}); nothing was started`)
  printSummary(context, state, false)
  context.print('')
  context.print(
    'To start a new version: npm stop && npm start. A second stack needs another HEADWATER_HOME and other ports',
  )
  return state.ready ? exitCodes.ok : exitCodes.failing
}

async function presentDetached(context: Context, config: CliConfig, { demo }: UpOptions): Promise<number> {
  const state = await untilRunning(config.HEADWATER_HOME, context.note)
  const code = demo ? await runDemo(context, config, state) : exitCodes.ok
  if (code !== exitCodes.ok) context.note(demoFailed(code))
  const now = await settledState(config.HEADWATER_HOME)
  printSummary(context, now, demo)
  return now.ready ? code : exitCodes.failing
}

const demoFailed = (code: number): string =>
  `The demo exited with code ${code}; the stack keeps running. Run it again with: npx headwater demo`

async function runHere(context: Context, config: CliConfig, { demo }: UpOptions): Promise<number> {
  const report = context.report
  const onProgress = (line: string) => {
    context.note(report === undefined ? line : `${new Date(context.now()).toISOString()} ${line}`)
    report?.({ kind: 'progress', line })
  }
  const stop = untilSignal(context)
  const starting = runStack({ config, env: { ...context.env }, onProgress })
  const stack = await Promise.race([starting, stop.requested])
  if (stack === undefined) {
    context.note('Stopped before the stack was ready')
    return context.exitNow(exitCodes.ok) // a start cannot be cancelled; its processes end with this one
  }
  if (report === undefined) await present(context, config, stack.state, demo, stop.requested)
  else report({ kind: 'ready' })
  await stop.requested
  onProgress('Stopping ...')
  await stack.stop()
  stop.unlisten()
  onProgress('Stopped')
  return exitCodes.ok
}

async function present(
  context: Context,
  config: CliConfig,
  state: StackState,
  demo: boolean,
  stopRequested: Promise<undefined>,
): Promise<void> {
  if (demo) {
    const code = await Promise.race([runDemo(context, config, state), stopRequested])
    if (code === undefined) return
    if (code !== exitCodes.ok) context.note(demoFailed(code))
  }
  printSummary(context, state, demo)
  context.note('Press Ctrl-C to stop')
}

function printSummary(context: Context, state: StackState, demo: boolean): void {
  if (demo) context.print('')
  for (const line of stackSummary(state, createStyle(context.colour), !demo)) context.print(line)
}

function untilSignal(context: Context): { readonly requested: Promise<undefined>; readonly unlisten: () => void } {
  let unlisten = () => {}
  const requested = new Promise<undefined>((resolve) => {
    unlisten = context.onSignal(() => resolve(undefined))
  })
  return { requested, unlisten }
}

/** Runs the same stack from official images. @returns the exit code of docker */
function composeUp({ detach }: UpOptions): Promise<number> {
  const args = ['compose', 'up', ...(detach ? ['--detach', '--wait'] : [])]
  return exitOf(spawn('docker', args, { cwd: requireClone('The stack'), stdio: 'inherit' }))
}
