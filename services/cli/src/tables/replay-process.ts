import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { loginVariables, privateFolder } from '@headwater/local/home'
import { CliError } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { exitOf } from '../stack/exit-of.ts'
import { findAddresses, findClickHouseLogin } from '../stack/find-addresses.ts'
import { addressVariables, batchNodeOptions, serviceScript } from '../stack/stack-services.ts'

export type ReplayProcess = {
  readonly reports: AsyncIterable<string>
  readonly ended: Promise<number>
  readonly logFile: string
  stop(): void
}

/** Starts the projector's replay program against the running stack; it logs to `<home>/logs/replay.log`. */
export async function startReplay(
  context: Context,
  config: CliConfig,
  args: readonly string[],
): Promise<ReplayProcess> {
  const script = serviceScript('projector', 'replay-main')
  if (!existsSync(script)) throw new CliError('FAILING', 'The projector is not built; run: npm run build')
  const logFile = join(config.HEADWATER_HOME, 'logs', 'replay.log')
  mkdirSync(dirname(logFile), privateFolder)
  const [addresses, login] = await Promise.all([findAddresses(config), findClickHouseLogin(config)])
  const env = { ...context.env, ...addressVariables(addresses), ...loginVariables(login) }
  const log = openSync(logFile, 'a', 0o600)
  const child: ChildProcess = spawn(process.execPath, [...batchNodeOptions, script, ...args], {
    env,
    stdio: ['ignore', 'pipe', log],
  })
  closeSync(log)
  const ended = exitOf(child)
  ended.catch(() => undefined) // handled where it is awaited
  return {
    reports: createInterface({ input: child.stdout ?? Readable.from([]) }),
    ended,
    logFile,
    stop: () => void child.kill('SIGTERM'),
  }
}
