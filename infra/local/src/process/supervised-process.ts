import type { ChildProcess } from 'node:child_process'
import { LocalStackError } from '../local-stack-error.ts'
import { type CrashPolicy, defaultCrashPolicy, judgeCrash } from './crash-policy.ts'
import { guardedSpawn, killGuarded } from './guarded-spawn.ts'
import { logTail } from './log-tail.ts'

// Holds: at most one child at a time, which does not outlive this process. One that ends before it was ever ready is not started
// again, for a wrong start does not heal; one that ends later is, until the crash policy has enough. After `stop` none runs.

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
  /** Told of every process that is started, with its id. */
  readonly onLaunch?: (pid: number) => void
  readonly crashPolicy?: CrashPolicy
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
  /** Sends it a signal. What ends it this way is started again and does not count as a crash. */
  kill(signal: NodeJS.Signals): void
  /** SIGTERM; what is left after `stopWithinMs` is killed. */
  stop(): Promise<void>
}

const pollMs = 100

export function superviseProcess(options: SupervisedOptions): SupervisedProcess {
  let child: ChildProcess | undefined
  let state: SupervisedState = 'stopped'
  let startedAt = 0
  let everReady = false
  let killAsked = false
  let restarts = 0
  let crashes = 0
  let exited: Promise<void> = Promise.resolve()
  let becoming: Promise<void> = Promise.resolve()

  function launch(): void {
    const launched = guardedSpawn(options)
    child = launched
    startedAt = Date.now()
    killAsked = false
    if (launched.pid !== undefined) options.onLaunch?.(launched.pid)
    exited = endOf(launched).then((how) => {
      killGuarded(launched)
      launched.stdin?.destroy()
      child = undefined
      ended(how)
    })
    becoming = becomeReady(launched)
    becoming.catch(() => undefined)
  }

  function ended(how: string): void {
    if (state === 'stopped' || state === 'failed') return
    if (!everReady) {
      state = 'failed'
      return
    }
    if (killAsked) {
      startAgain(0)
      return
    }
    const verdict = judgeCrash(options.crashPolicy ?? defaultCrashPolicy, crashes, Date.now() - startedAt)
    crashes = verdict.crashes
    if (verdict.kind === 'restart') {
      options.onEvent?.(`${options.name} ${how}; starting it again`)
      startAgain(verdict.delayMs)
    } else {
      state = 'failed'
      const times = `${crashes} times in a row`
      options.onEvent?.(`${options.name} ${how}, ${times}, and is not started again; see ${options.logFile}`)
    }
  }

  function startAgain(delayMs: number): void {
    state = 'restarting'
    setTimeout(() => {
      if (state !== 'restarting') return
      restarts++
      launch()
    }, delayMs)
  }

  async function becomeReady(launched: ChildProcess): Promise<void> {
    const deadline = Date.now() + options.readyWithinMs
    for (;;) {
      const cause = await options.check().then(
        () => undefined,
        (error: unknown) => error ?? new Error('no reason given'),
      )
      if (child !== launched) throw failure('PART_CRASHED', 'ended while starting', cause)
      if (cause === undefined) break
      if (Date.now() > deadline) {
        killGuarded(launched)
        throw failure('NOT_READY', `is not ready after ${options.readyWithinMs / 1000} s`, cause)
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
    everReady = true
    if (!killAsked && state !== 'stopped') state = 'ready'
  }

  function failure(code: 'PART_CRASHED' | 'NOT_READY', what: string, cause: unknown): LocalStackError {
    const reason = code === 'NOT_READY' && cause instanceof Error ? ` (${cause.message})` : ''
    const log = logTail(options.logFile, 3).join(' | ') || '(its log is empty)'
    return new LocalStackError(code, `${options.name} ${what}${reason}: ${log}`, { cause })
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
      return child?.pid
    },
    async start() {
      state = 'starting'
      launch()
      await becoming.catch((error: unknown) => {
        if (state !== 'stopped') state = 'failed'
        throw error
      })
    },
    async ready() {
      while (state !== 'ready') {
        if (state === 'failed' || state === 'stopped') throw failure('PART_CRASHED', `is ${state}`, undefined)
        await becoming.catch(() => undefined)
        await new Promise((resolve) => setTimeout(resolve, pollMs))
      }
    },
    kill(signal) {
      if (child === undefined) return
      if (signal === 'SIGKILL' || signal === 'SIGTERM') {
        killAsked = true
        if (state === 'ready') state = 'restarting' // the end is noticed later, but who asks now must not be told it serves
      }
      child.kill(signal)
    },
    async stop() {
      state = 'stopped'
      const last = child
      last?.kill('SIGTERM')
      const timer = setTimeout(() => last !== undefined && killGuarded(last), options.stopWithinMs)
      await exited
      clearTimeout(timer)
    },
  }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`did not start (${error.message})`))
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
    )
  })
}
