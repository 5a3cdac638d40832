import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { LocalStackError } from './local-stack-error.ts'
import { processScript } from './process-script.ts'

// Holds: at most one child at a time; it is started again when it ends unasked, until it has crashed `maxCrashes` times without
// being ready in between; after `stop` none runs.

export type SupervisedOptions = {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly logFile: string
  /** Resolves when the process does what it is for; called again until then. */
  readonly check: () => Promise<void>
  readonly readyWithinMs: number
  readonly stopWithinMs: number
  readonly onEvent?: (event: string) => void
}

export type SupervisedState = 'stopped' | 'starting' | 'ready' | 'restarting' | 'failed'

export interface SupervisedProcess {
  readonly name: string
  readonly state: SupervisedState
  readonly restarts: number
  readonly pid: number | undefined
  /** Starts it and waits until it is ready. @throws LocalStackError NOT_READY | PART_CRASHED, with the end of its log */
  start(): Promise<void>
  /** Waits until it is ready, again if it crashed. @throws LocalStackError as `start` */
  ready(): Promise<void>
  kill(signal: NodeJS.Signals): void
  stop(): Promise<void>
}

const maxCrashes = 5
const pollMs = 100

export function superviseProcess(options: SupervisedOptions): SupervisedProcess {
  let guardian: ChildProcess | undefined
  let pid: number | undefined
  let state: SupervisedState = 'stopped'
  let restarts = 0
  let crashes = 0
  let exited: Promise<void> = Promise.resolve()
  let becoming: Promise<void> = Promise.resolve()

  function launch(): void {
    mkdirSync(dirname(options.logFile), { recursive: true })
    const log = openSync(options.logFile, 'a')
    const args = [...processScript('guardian-process'), options.command, ...options.args]
    const child = spawn(process.execPath, args, { env: options.env, stdio: ['ignore', log, log, 'ipc'] })
    closeSync(log)
    guardian = child
    child.on('message', (message: { pid: number }) => {
      pid = message.pid
    })
    exited = new Promise((resolve) =>
      child.once('exit', () => {
        if (pid !== undefined && child.signalCode !== null) endOrphan(pid)
        guardian = undefined
        pid = undefined
        resolve()
        crashed()
      }),
    )
    becoming = becomeReady()
    becoming.catch(() => undefined)
  }

  function crashed(): void {
    if (state === 'stopped' || state === 'failed') return
    crashes++
    if (crashes >= maxCrashes) {
      state = 'failed'
      options.onEvent?.(`${options.name} crashed ${crashes} times and is not started again; see ${options.logFile}`)
      return
    }
    state = 'restarting'
    const delayMs = Math.min(200 * 2 ** (crashes - 1), 5_000)
    options.onEvent?.(`${options.name} ended unexpectedly; starting it again`)
    setTimeout(() => {
      if (state !== 'restarting') return
      restarts++
      launch()
    }, delayMs)
  }

  async function becomeReady(): Promise<void> {
    const deadline = Date.now() + options.readyWithinMs
    const child = guardian
    for (;;) {
      try {
        await options.check()
        if (guardian === child) {
          state = 'ready'
          crashes = 0
        }
        return
      } catch (cause) {
        if (guardian !== child) throw failure('PART_CRASHED', 'ended while starting', cause)
        if (Date.now() > deadline)
          throw failure('NOT_READY', `is not ready after ${options.readyWithinMs / 1000} s`, cause)
        await new Promise((resolve) => setTimeout(resolve, pollMs))
      }
    }
  }

  function failure(code: 'PART_CRASHED' | 'NOT_READY', what: string, cause: unknown): LocalStackError {
    return new LocalStackError(code, `${options.name} ${what}: ${lastLines(options.logFile)}`, { cause })
  }

  return {
    name: options.name,
    get state() {
      return state
    },
    get restarts() {
      return restarts
    },
    get pid() {
      return pid
    },
    async start() {
      state = 'starting'
      launch()
      await becoming
    },
    async ready() {
      while (state !== 'ready') {
        if (state === 'failed' || state === 'stopped') throw failure('PART_CRASHED', `is ${state}`, undefined)
        await becoming.catch(() => undefined)
        await new Promise((resolve) => setTimeout(resolve, pollMs))
      }
    },
    kill(signal) {
      if (state === 'ready') state = 'restarting'
      if (pid !== undefined) process.kill(pid, signal)
    },
    async stop() {
      state = 'stopped'
      guardian?.kill('SIGTERM')
      const timer = setTimeout(() => {
        if (pid !== undefined) endOrphan(pid)
        guardian?.kill('SIGKILL')
      }, options.stopWithinMs)
      await exited
      clearTimeout(timer)
    },
  }
}

function endOrphan(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // gone already
  }
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-3).join(' | ') || '(its log is empty)'
  } catch {
    return '(it has no log)'
  }
}
