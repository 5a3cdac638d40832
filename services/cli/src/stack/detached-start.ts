import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { shellWord } from '@headwater/config/shell-word'
import { LocalStackError } from '@headwater/local'
import { privateFolder } from '@headwater/local/home'
import { CliError } from '../cli-error.ts'
import { type Context, detachedVariable, type StartReport } from '../context.ts'

/**
 * Runs `headwater up` in the background, with its output in `<home>/logs/headwater.log`, and resolves when the stack is ready.
 * @returns whether another process started the stack meanwhile
 * @throws CliError | LocalStackError DOCKER_INSTEAD with the line that it failed with
 */
export async function startDetached(context: Context, home: string): Promise<'started' | 'found'> {
  const logFile = join(home, 'logs', 'headwater.log')
  mkdirSync(dirname(logFile), privateFolder)
  const log = openSync(logFile, 'a', 0o600)
  const child = spawn(process.execPath, [context.script, 'up', '--home', home], {
    detached: true,
    env: { ...context.env, [detachedVariable]: '1' },
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  const unlisten = context.onSignal(() => child.kill('SIGTERM'))
  try {
    return await readyOf(child, logFile, context.note)
  } finally {
    unlisten()
    if (child.connected) child.disconnect()
    child.unref()
  }
}

function readyOf(child: ChildProcess, logFile: string, note: (line: string) => void): Promise<'started' | 'found'> {
  return new Promise((resolve, reject) => {
    let failure: Error | undefined
    child.once('error', reject)
    child.once('exit', (code) => {
      reject(
        failure ??
          new CliError(
            'FAILING',
            `The stack exited with code ${code} while it was starting; see ${shellWord(logFile)}`,
          ),
      )
    })
    child.on('message', (message: StartReport) => {
      if (message.kind === 'progress') note(message.line)
      else if (message.kind === 'ready') resolve('started')
      else if (message.kind === 'found') resolve('found')
      else failure = failureOf(message)
    })
  })
}

function failureOf({ code, message }: StartReport & { kind: 'failed' }): Error {
  return code === 'DOCKER_INSTEAD' ? new LocalStackError(code, message) : new CliError('FAILING', message)
}
