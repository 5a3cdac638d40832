import type { ChildProcess } from 'node:child_process'
import { shellWord } from '@headwater/config/shell-word'
import { LocalStackError } from '../local-stack-error.ts'
import { type CrashPolicy, defaultCrashPolicy, judgeCrash } from './crash-policy.ts'
import { guardedSpawn, killGuarded } from './guarded-spawn.ts'
import { logTail } from './log-tail.ts'

// Holds: at most one child at a time, which does not outlive this process. A child that ends before it was ever ready is not
// restarted, since a wrong command does not become right; one that ends later always is, ever more slowly. After `stop` none runs.

export type SupervisedOptions = {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly logFile: string
  /** Resolves when the process serves; called again until then. */
  readonly check: () => Promise<void>
  readonly readyWithinMs: number
  readonly stopWithinMs: number
  readonly onEvent?: (event: string) => void
  /** Called with the id of every process that is started. */
  readonly onLaunch?: (pid: number) => void
  readonly crashPolicy?: CrashPolicy
}

/** `failed`: it ended before it was ever ready. `failing`: it crashes again and again, and is still restarted. */
export type SupervisedState = 'stopped' | 'starting' | 'ready' | 'restarting' | 'failing' | 'failed'

/** Why a process is not ready. */
export type Trouble = {
  /** How it ended, and the last line of its log. */
  readonly reason: string
  /** Crashes in a row. */
  readonly crashes: number
  /** When it is started again, in epoch milliseconds; undefined while it starts, and if it is not started again. */
  readonly nextTryAt: number | undefined
}

export interface SupervisedProcess {
  readonly name: string
  readonly state: SupervisedState
  /** Since when, in epoch milliseconds. */
  readonly since: number
  /** Undefined while it is ready or has not failed yet. */
  readonly trouble: Trouble | undefined
  readonly logFile: string
  readonly restarts: number
  readonly pid: number | undefined
  /** Starts it and waits until it is ready. @throws LocalStackError NOT_READY | PART_CRASHED, with the end of its log */
  start(): Promise<void>
  /** Waits until it is ready, after a crash as well. @throws LocalStackError as `start`, also while it keeps crashing */
  ready(): Promise<void>
  /** What is wrong with it, with the end of its log and the path of it. */
  failure(): LocalStackError
  /** Sends it a signal. If that ends it, it is restarted, and the end does not count as a crash. */
  kill(signal: NodeJS.Signals): void
  /** Sends SIGTERM, and SIGKILL after `stopWithinMs`. @returns false when it had to be killed or did not run */
  stop(): Promise<boolean>
}

export const superviseProcess = (options: SupervisedOptions): SupervisedProcess => new Supervisor(options)

const pollMs = 100
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

class Supervisor implements SupervisedProcess {
  readonly #options: SupervisedOptions
  #child: ChildProcess | undefined
  #state: SupervisedState = 'stopped'
  #since = Date.now()
  #trouble: Trouble | undefined
  #readyAt: number | undefined
  #wasReady = false
  #isKillRequested = false
  #killedFor: string | undefined
  #restarts = 0
  #crashes = 0
  #exited: Promise<void> = Promise.resolve()
  #becomingReady: Promise<void> = Promise.resolve()

  constructor(options: SupervisedOptions) {
    this.#options = options
  }

  get name(): string {
    return this.#options.name
  }

  get state(): SupervisedState {
    return this.#state
  }

  get since(): number {
    return this.#since
  }

  get trouble(): Trouble | undefined {
    return this.#trouble
  }

  get logFile(): string {
    return this.#options.logFile
  }

  get restarts(): number {
    return this.#restarts
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  async start(): Promise<void> {
    this.#enter('starting')
    this.#launch()
    await this.#becomingReady.catch((error: unknown) => {
      if (this.#state !== 'stopped') this.#enter('failed')
      throw error
    })
  }

  async ready(): Promise<void> {
    while (this.#state !== 'ready') {
      if (this.#state === 'failed' || this.#state === 'failing' || this.#state === 'stopped') throw this.failure()
      await this.#becomingReady.catch(() => undefined)
      await pause(pollMs)
    }
  }

  failure(): LocalStackError {
    return this.#failure('PART_CRASHED', this.#trouble?.reason ?? `is ${this.#state}`)
  }

  kill(signal: NodeJS.Signals): void {
    if (this.#child === undefined) return
    if (signal === 'SIGKILL' || signal === 'SIGTERM') {
      this.#isKillRequested = true
      if (this.#state === 'ready') this.#enter('restarting') // its end is noticed later; a caller must not read 'ready' until then
    }
    this.#child.kill(signal)
  }

  async stop(): Promise<boolean> {
    this.#enter('stopped')
    const last = this.#child
    if (last === undefined) {
      await this.#exited
      return false
    }
    let isKilled = false
    last.kill('SIGTERM')
    const timer = setTimeout(() => {
      isKilled = true
      killGuarded(last)
    }, this.#options.stopWithinMs)
    await this.#exited
    clearTimeout(timer)
    return !isKilled
  }

  #enter(state: SupervisedState): void {
    if (state !== this.#state) this.#since = Date.now()
    this.#state = state
  }

  #launch(): void {
    const launched = guardedSpawn(this.#options)
    this.#child = launched
    this.#readyAt = undefined
    this.#isKillRequested = false
    this.#killedFor = undefined
    if (launched.pid !== undefined) this.#options.onLaunch?.(launched.pid)
    this.#exited = endOf(launched).then((how) => {
      killGuarded(launched)
      launched.stdin?.destroy()
      this.#child = undefined
      this.#onEnd(this.#killedFor ?? how)
    })
    this.#becomingReady = this.#becomeReady(launched)
    this.#becomingReady.catch(() => undefined)
  }

  #onEnd(how: string): void {
    if (this.#state === 'stopped' || this.#state === 'failed') return
    if (!this.#wasReady) {
      this.#trouble = { reason: how, crashes: 1, nextTryAt: undefined }
      this.#enter('failed')
    } else if (this.#isKillRequested) this.#restart(0, 'restarting')
    else this.#onCrash(how)
  }

  #onCrash(how: string): void {
    const { name, logFile, onEvent, crashPolicy = defaultCrashPolicy } = this.#options
    const readyMs = this.#readyAt === undefined ? 0 : Date.now() - this.#readyAt
    const { crashes, delayMs, isFailing } = judgeCrash(crashPolicy, this.#crashes, readyMs)
    this.#crashes = crashes
    const lastLine = logTail(logFile, 1)[0]
    const often = crashes > 1 ? `, ${crashes} times in a row` : ''
    const reason = `${how}${often}${lastLine === undefined ? '' : `: ${lastLine}`}`
    this.#trouble = { reason, crashes, nextTryAt: Date.now() + delayMs }
    const next = `${Math.ceil(delayMs / 1_000)} s`
    onEvent?.(
      isFailing
        ? `${name} ${reason}; it does not run, and is started again in ${next}; see ${shellWord(logFile)}`
        : `${name} ${reason}; restarting it`,
    )
    this.#restart(delayMs, isFailing ? 'failing' : 'restarting')
  }

  #restart(delayMs: number, state: 'restarting' | 'failing'): void {
    this.#enter(state)
    setTimeout(() => {
      if (this.#state !== state) return
      this.#restarts++
      if (this.#trouble !== undefined) this.#trouble = { ...this.#trouble, nextTryAt: undefined }
      try {
        this.#launch()
      } catch (error) {
        this.#onCrash(`did not start (${(error as Error).message})`) // such as no space for its log
      }
    }, delayMs)
  }

  async #becomeReady(launched: ChildProcess): Promise<void> {
    const { check, readyWithinMs } = this.#options
    const deadline = Date.now() + readyWithinMs
    for (;;) {
      const cause = await check().then(
        () => undefined,
        (error: unknown) => error ?? new Error('no reason given'),
      )
      if (this.#child !== launched) throw this.#failure('PART_CRASHED', 'ended while starting', cause)
      if (cause === undefined) break
      if (Date.now() > deadline) {
        this.#killedFor = `is not ready after ${readyWithinMs / 1000} s`
        killGuarded(launched)
        throw this.#failure('NOT_READY', this.#killedFor, cause)
      }
      await pause(pollMs)
    }
    this.#wasReady = true
    if (this.#isKillRequested || this.#state === 'stopped') return
    if (this.#state === 'failing') this.#options.onEvent?.(`${this.name} is ready again`)
    this.#readyAt = Date.now()
    this.#trouble = undefined
    this.#enter('ready')
  }

  #failure(code: 'PART_CRASHED' | 'NOT_READY', problem: string, cause?: unknown): LocalStackError {
    const { name, logFile } = this.#options
    const reason = code === 'NOT_READY' && cause instanceof Error ? ` (${cause.message})` : ''
    const log = logTail(logFile, 3).join(' | ') || '(its log is empty)'
    return new LocalStackError(code, `${name} ${problem}${reason}: ${log}; see ${shellWord(logFile)}`, { cause })
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
